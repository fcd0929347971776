using System.Runtime.InteropServices;

namespace Quantizer.Execution.Native;

/// <summary>getrusage(2), which needs no /proc.</summary>
internal static partial class LinuxUsage
{
    // Of <sys/resource.h> on 64 bits: RUSAGE_SELF; struct rusage has two struct timeval before ru_maxrss, in KiB.
    private const int Self = 0,
        Size = 144,
        MostResident = 32;

    /// <summary>0 where the system does not tell.</summary>
    public static long PeakMemoryBytes
    {
        get
        {
            Span<byte> usage = stackalloc byte[Size];
            return GetUsage(Self, ref MemoryMarshal.GetReference(usage)) == 0 ? MemoryMarshal.Read<long>(usage[MostResident..]) * 1024 : 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref byte usage);
}
