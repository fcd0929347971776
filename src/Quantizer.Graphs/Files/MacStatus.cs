using System.Runtime.InteropServices;

namespace Quantizer.Graphs.Files;

/// <summary>stat(2) of macOS on ARM64, the only Macs there are builds for.</summary>
internal static partial class MacStatus
{
    // struct stat: dev_t st_dev (32 bits) at 0, mode_t st_mode (16) at 4, ino_t st_ino (64) at 8; 144 bytes, with some to spare.
    private const int Size = 256,
        Device = 0,
        Mode = 4,
        Number = 8;

    /// <summary>Null on other processors, or where the path leads to nothing that may be looked at.</summary>
    public static FileStatus? Of(string path)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.Arm64)
            return null;
        Span<byte> status = stackalloc byte[Size];
        if (Stat(path, ref MemoryMarshal.GetReference(status)) != 0)
            return null;
        FileIdentity identity = new(MemoryMarshal.Read<uint>(status[Device..]), MemoryMarshal.Read<ulong>(status[Number..]));
        return new FileStatus(FileStatus.KindOf(MemoryMarshal.Read<ushort>(status[Mode..])), identity);
    }

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte status);
}
