using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Quantizer.Graphs.Files;

/// <summary>GetFileInformationByHandle: a volume's serial number and a file's index on it.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsStatus
{
    // BY_HANDLE_FILE_INFORMATION, 13 words of 32 bits: dwVolumeSerialNumber is the eighth, nFileIndexHigh and nFileIndexLow the last two.
    private const int Words = 13,
        Volume = 7,
        IndexHigh = 11,
        IndexLow = 12;

    /// <summary>Null for folders, and for files that cannot be opened: the real path has to do.</summary>
    public static FileIdentity? IdentityOf(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<uint> words = stackalloc uint[Words];
            if (!GetFileInformationByHandle(file, ref MemoryMarshal.GetReference(words)))
                return null;
            ulong number = ((ulong)words[IndexHigh] << 32) | words[IndexLow];
            // Some network drives know no index.
            return number == 0 ? null : new FileIdentity(words[Volume], number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle file, ref uint information);
}
