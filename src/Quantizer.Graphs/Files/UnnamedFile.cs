using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quantizer.Graphs.Files;

/// <summary>
/// A file of Linux that has no name until it is complete (open(2), O_TMPFILE): nothing is left of it when the process is
/// killed.
/// </summary>
internal static partial class UnnamedFile
{
    // Of <fcntl.h>; O_DIRECTORY, which is a part of O_TMPFILE, has a value of its own on ARM.
    private const int WriteOnly = 0x1,
        ReadWrite = 0x2,
        CloseOnExec = 0x8_0000,
        Temporary = 0x40_0000,
        DirectoryX64 = 0x1_0000,
        DirectoryArm64 = 0x4000;
    private const int CurrentFolder = -100,
        FollowSymbolicLink = 0x400;

    // Of <errno.h>.
    private const int FileExists = 17;

    // Reading and writing for all, less what the user's umask forbids: what every new file gets.
    private const int Permissions = 0b110_110_110;

    // linkat(2) knows a file without a name by this link only.
    private const string OpenFiles = "/proc/self/fd";

    /// <summary>A new file, open for writing, or for reading, too; null where there can be none: on other systems, many file systems, or in
    /// a folder that is not writable.</summary>
    public static SafeFileHandle? TryCreate(string folder, bool isRead = false)
    {
        int? directory = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => DirectoryX64,
            Architecture.Arm64 => DirectoryArm64,
            _ => null,
        };
        if (!OperatingSystem.IsLinux() || directory is null || !Directory.Exists(OpenFiles))
            return null;
        int descriptor = Open(folder, (isRead ? ReadWrite : WriteOnly) | CloseOnExec | Temporary | directory.Value, Permissions);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Gives the file its name; false when another has it.</summary>
    /// <exception cref="IOException">The name cannot be given.</exception>
    public static bool TryLink(SafeFileHandle file, string path)
    {
        if (LinkAt(CurrentFolder, $"{OpenFiles}/{file.DangerousGetHandle()}", CurrentFolder, path, FollowSymbolicLink) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error == FileExists ? false : throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'.");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(int fromFolder, string from, int toFolder, string to, int flags);
}
