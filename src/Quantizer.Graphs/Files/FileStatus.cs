namespace Quantizer.Graphs.Files;

/// <summary>What the system says about a path, every link followed; nothing is opened that could keep one waiting.</summary>
/// <param name="Identity">Null where there is nothing, or the system does not tell.</param>
internal readonly record struct FileStatus(FileKind Kind, FileIdentity? Identity)
{
    /// <summary>Linux and macOS are asked; elsewhere a path without a known identity is a file, a folder or nothing.</summary>
    public static FileStatus Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsLinux())
            return LinuxStatus.Of(full) ?? Simple(full, identity: null);
        if (OperatingSystem.IsMacOS())
            return MacStatus.Of(full) ?? Simple(full, identity: null);
        return Simple(full, OperatingSystem.IsWindows() ? WindowsStatus.IdentityOf(full) : null);
    }

    /// <summary>"a named pipe" and the like for what is read at one's peril; null for files, folders and nothing.</summary>
    public static string? SpecialKindOf(string path) =>
        Of(path).Kind switch
        {
            FileKind.NamedPipe => "a named pipe",
            FileKind.Device => "a device",
            FileKind.Socket => "a socket",
            _ => null,
        };

    /// <summary>The kind in the bits S_IFMT of a Unix mode.</summary>
    internal static FileKind KindOf(int mode) =>
        (mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.NamedPipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };

    private static FileStatus Simple(string path, FileIdentity? identity) =>
        Directory.Exists(path) ? new(FileKind.Folder, identity)
        : File.Exists(path) ? new(FileKind.File, identity)
        : new(FileKind.Missing, null);
}
