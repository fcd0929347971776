namespace Quantizer.Graphs.Serialization.ExternalData;

/// <summary>
/// Where external data may lie: in the model's own folder and below, and nowhere else. A model is a stranger's file;
/// with a free choice of path it could have any file of the user read and written into the result.
/// </summary>
internal sealed class ModelFolder(string path) : IDataLocations
{
    // As many as Linux itself follows.
    private const int MaxLinks = 40;
    private static readonly char[] Separators = ['/', '\\'];
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The path of a location entry, with every symbolic link followed.</summary>
    /// <exception cref="ExternalDataException">It leads out of the folder. The message says how.</exception>
    public string Resolve(string location)
    {
        if (Path.IsPathRooted(location) || location[0] is '/' or '\\' || (location.Length > 1 && location[1] == ':'))
            throw new ExternalDataException("is an absolute path");
        if (location.Contains('\0'))
            throw new ExternalDataException("contains a zero byte");
        if (location.Split(Separators).Contains(".."))
            throw new ExternalDataException("contains '..'");
        string relative = location;
        for (int links = 0; links < MaxLinks; links++)
        {
            string resolved = Path.GetFullPath(Path.Combine(_root, relative));
            if (FirstLink(relative) is not (FileSystemInfo link, string rest))
                return resolved;
            string target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? link.FullName;
            relative = Path.GetRelativePath(_root, Path.Combine(target, rest));
            if (Path.IsPathRooted(relative) || relative.Split(Separators)[0] == "..")
                throw new ExternalDataException($"passes the symbolic link '{link.FullName}', which leaves that folder");
        }
        throw new ExternalDataException("passes too many symbolic links");
    }

    // The first part of the path that is a link, and what of the path comes after it.
    private (FileSystemInfo Link, string Remainder)? FirstLink(string relative)
    {
        string path = _root;
        string[] parts = relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        for (int i = 0; i < parts.Length; i++)
        {
            path = Path.Combine(path, parts[i]);
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            if (entry.LinkTarget is not null)
                return (entry, Path.Combine(parts[(i + 1)..]));
        }
        return null;
    }
}
