using Quantizer.Graphs.Files;

namespace Quantizer.Samples;

/// <summary>
/// Lists a folder's files, sub-folders included. Names that begin with a dot are left out (the system's and editors' own
/// files). Links to folders are followed, but each real folder is listed once: under its own name where it lies below the
/// root, else under that of the first link to it.
/// </summary>
internal sealed class FolderWalk
{
    private readonly List<string> _files = [];
    private readonly List<string> _subfolders = [];
    private readonly HashSet<string> _visited = new(RealPath.Comparer);
    private readonly Queue<(string Path, string Name)> _links = [];

    private FolderWalk() { }

    /// <exception cref="QuantizationException">A folder cannot be listed.</exception>
    public static FolderListing List(string root)
    {
        FolderWalk walk = new();
        walk.Visit(root, "");
        // Links last: what they lead to may have been met under its own name.
        while (walk._links.TryDequeue(out (string Path, string Name) link))
            walk.Visit(link.Path, link.Name);
        walk._files.Sort(StringComparer.Ordinal);
        walk._subfolders.Sort(StringComparer.Ordinal);
        return new FolderListing(walk._files, walk._subfolders);
    }

    /// <param name="folder">Its path.</param>
    /// <param name="name">Its name below the root; empty for the root itself.</param>
    private void Visit(string folder, string name)
    {
        if (!_visited.Add(KeyOf(folder)))
            return;
        if (name.Length > 0 && !name.Contains('/'))
            _subfolders.Add(name);
        string prefix = name.Length == 0 ? "" : $"{name}/";
        foreach (FileSystemInfo entry in Entries(folder))
        {
            if (entry is FileInfo)
                _files.Add(prefix + entry.Name);
            else if (entry.LinkTarget is null)
                Visit(entry.FullName, prefix + entry.Name);
            else
                _links.Enqueue((entry.FullName, prefix + entry.Name));
        }
    }

    private static string KeyOf(string folder) =>
        FileStatus.Of(folder).Identity is { } identity ? $"{identity.Volume}:{identity.Number}" : RealPath.Of(folder);

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            // In order, so that of two links to one folder it is always the same that is followed.
            return
            [
                .. new DirectoryInfo(folder)
                    .EnumerateFileSystemInfos()
                    .Where(entry => !entry.Name.StartsWith('.'))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException(
                $"The folder '{folder}' cannot be listed: {error.Message} Check that it exists and may be read.",
                error
            );
        }
    }
}
