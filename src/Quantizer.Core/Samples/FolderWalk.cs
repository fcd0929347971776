namespace Quantizer.Samples;

/// <summary>
/// Lists a folder's files, sub-folders included, in ordinal order of their '/'-separated names. Names that begin with a dot
/// are left out (the system's and editors' own files). Links are followed, but never into a folder around them.
/// </summary>
internal static class FolderWalk
{
    /// <exception cref="QuantizationException">A folder cannot be listed.</exception>
    public static IReadOnlyList<string> FileNames(string root)
    {
        List<string> names = [];
        Walk(root, "", [RealPath(root)], names);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The names of the folders directly below, in ordinal order.</summary>
    public static IReadOnlyList<string> SubfolderNames(string root) =>
        [.. Entries(root).OfType<DirectoryInfo>().Select(folder => folder.Name).Order(StringComparer.Ordinal)];

    private static void Walk(string folder, string prefix, List<string> around, List<string> names)
    {
        foreach (FileSystemInfo entry in Entries(folder))
        {
            if (entry is FileInfo)
            {
                names.Add(prefix + entry.Name);
                continue;
            }
            string real = RealPath(entry.FullName);
            if (around.Contains(real)) continue;
            around.Add(real);
            Walk(entry.FullName, $"{prefix}{entry.Name}/", around, names);
            around.RemoveAt(around.Count - 1);
        }
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.'))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"The folder '{folder}' cannot be listed: {error.Message} Check that it exists and may be read.", error);
        }
    }

    private static string RealPath(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
        }
        catch (IOException)
        {
            // A chain of links that leads nowhere; listing it gives the message.
            return Path.GetFullPath(folder);
        }
    }
}
