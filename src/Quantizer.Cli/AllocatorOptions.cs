using System.Runtime.InteropServices;

namespace Quantizer.Cli;

/// <summary>How the C library keeps memory, from which ONNX Runtime takes tensors and sessions.</summary>
internal static partial class AllocatorOptions
{
    // Of <malloc.h>.
    private const int TrimThreshold = -1,
        MapThreshold = -3;

    /// <summary>Bytes. Smaller blocks cost more time than they are worth in memory.</summary>
    private const int Kept = 1 << 20,
        Mapped = 1 << 20;

    /// <summary>
    /// Has glibc give free memory back to the system. Left alone, it keeps up to twice the largest block ever freed, in each thread's heap:
    /// 15 MiB more at the peak of a small network.
    /// </summary>
    /// <returns>False where the C library is another one, which has ways of its own.</returns>
    public static bool GiveBackWhatIsFree()
    {
        try
        {
            return OperatingSystem.IsLinux() && SetOption(TrimThreshold, Kept) != 0 && SetOption(MapThreshold, Mapped) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
