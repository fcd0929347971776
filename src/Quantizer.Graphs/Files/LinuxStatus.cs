using System.Runtime.InteropServices;

namespace Quantizer.Graphs.Files;

/// <summary>statx(2), whose result has the same layout on every processor, unlike that of stat(2).</summary>
internal static partial class LinuxStatus
{
    // Of <fcntl.h> and <linux/stat.h>: STATX_TYPE | STATX_INO.
    private const int CurrentFolder = -100,
        FollowLinks = 0;
    private const uint TypeAndNumber = 0x1 | 0x100;

    // struct statx: __u16 stx_mode at 28, __u64 stx_ino at 32, __u32 stx_dev_major and stx_dev_minor at 136 and 140.
    private const int Size = 256,
        Mode = 28,
        Number = 32,
        Major = 136,
        Minor = 140;

    /// <summary>Null where the system has no such call, or the path leads to nothing that may be looked at.</summary>
    public static FileStatus? Of(string path)
    {
        Span<byte> status = stackalloc byte[Size];
        try
        {
            if (StatX(CurrentFolder, path, FollowLinks, TypeAndNumber, ref MemoryMarshal.GetReference(status)) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        ulong volume = ((ulong)MemoryMarshal.Read<uint>(status[Major..]) << 32) | MemoryMarshal.Read<uint>(status[Minor..]);
        return new FileStatus(
            FileStatus.KindOf(MemoryMarshal.Read<ushort>(status[Mode..])),
            new FileIdentity(volume, MemoryMarshal.Read<ulong>(status[Number..]))
        );
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint wanted, ref byte status);
}
