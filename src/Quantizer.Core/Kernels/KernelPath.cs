namespace Quantizer.Kernels;

/// <summary>The ways through a kernel, all with the same result. Which one is taken depends on the processor alone.</summary>
/// <remarks>
/// DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0 take instructions away from a process, so that the
/// narrower paths can be tested on a processor that has them all.
/// </remarks>
internal enum KernelPath
{
    Scalar,
    Vector256,
    Vector512,
}
