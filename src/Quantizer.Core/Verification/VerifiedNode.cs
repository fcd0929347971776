using Quantizer.Placement;

namespace Quantizer.Verification;

/// <summary>A node with the kernel that really runs for it.</summary>
/// <param name="Placement">What it was meant to become.</param>
/// <param name="Macs">Multiply-accumulates in one run on one sample; null where they are not known.</param>
/// <param name="Kernel">The runtime's operator; null when fused into another one.</param>
/// <param name="RunsOnIntegers">True when its multiply-accumulates run on integers.</param>
internal sealed record VerifiedNode(NodePlacement Placement, long? Macs, string? Kernel, bool RunsOnIntegers);
