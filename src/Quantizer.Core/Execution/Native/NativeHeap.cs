using System.Runtime.InteropServices;

namespace Quantizer.Execution.Native;

/// <summary>The memory that ONNX Runtime allocates from.</summary>
internal static partial class NativeHeap
{
    /// <summary>
    /// Gives the system back what a closed session left free. glibc keeps it, more or less of it by chance: up to the size
    /// of the model's weights.
    /// </summary>
    public static void ReturnFreed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another library than glibc, which has no such habit.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint kept);
}
