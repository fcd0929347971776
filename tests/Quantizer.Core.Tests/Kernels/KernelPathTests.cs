using System.Runtime.Intrinsics.X86;
using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

/// <summary>
/// That the path asked for is the one taken. The gate runs the tests of kernels once for each of .NET's switches; here the
/// environment says which one it is, and on Linux the kernel's own list says what the processor has.
/// </summary>
public class KernelPathTests
{
    private static readonly string ProcessorFlags = File.Exists("/proc/cpuinfo") ? File.ReadAllText("/proc/cpuinfo") : "";

    private static bool KnowsTheProcessor => ProcessorFlags.Length > 0 && X86Base.X64.IsSupported;

    [Fact]
    public void The_widest_path_that_processor_and_environment_leave_is_taken()
    {
        Assert.True(ScanKernel.Path <= WidestLeft, $"{ScanKernel.Path} is taken, {WidestLeft} was asked for.");
        Assert.True(CountingKernel.PathFor(1f) <= WidestLeft, $"{CountingKernel.PathFor(1f)} is taken, {WidestLeft} was asked for.");
        if (!KnowsTheProcessor)
            return;
        Assert.Equal(Narrower(WidestLeft, HasAll("avx512f", "avx512bw", "avx512_vbmi2")), CountingKernel.PathFor(1f));
        // .NET itself leaves 512 bits out where they would slow the processor down.
        if (WidestLeft != KernelPath.Vector512)
            Assert.Equal(CountingKernel.PathFor(1f), ScanKernel.Path);
    }

    [Fact]
    public void The_tiniest_denormals_take_a_path_that_sees_them() =>
        Assert.Equal(Narrower(CountingKernel.PathFor(1f), hasVector512: false), CountingKernel.PathFor(float.Epsilon));

    private static KernelPath WidestLeft =>
        IsOff("EnableHWIntrinsic") || IsOff("EnableAVX") || IsOff("EnableAVX2") ? KernelPath.Scalar
        : IsOff("EnableAVX512") ? KernelPath.Vector256
        : KernelPath.Vector512;

    private static KernelPath Narrower(KernelPath path, bool hasVector512) =>
        path == KernelPath.Vector512 && !hasVector512
            ? KnowsTheProcessor && !HasAll("avx2")
                ? KernelPath.Scalar
                : KernelPath.Vector256
            : path;

    private static bool IsOff(string instructions) => Environment.GetEnvironmentVariable("DOTNET_" + instructions) == "0";

    private static bool HasAll(params string[] flags) => flags.All(flag => ProcessorFlags.Contains($" {flag} ", StringComparison.Ordinal));
}
