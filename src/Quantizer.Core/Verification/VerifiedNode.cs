namespace Quantizer.Verification;

/// <summary>A node with the kernel that really runs for it.</summary>
/// <param name="IsPlaced">Meant to run on integers.</param>
/// <param name="Kernel">ONNX Runtime's operator; null when fused into another one.</param>
public sealed record VerifiedNode(string Node, string OpType, bool IsPlaced, string Reason, long Macs, string? Kernel)
{
    /// <summary>True when its multiply-accumulates run on integers.</summary>
    public bool RunsOnIntegers => Kernel is not null && IntegerKernels.Multiplies(Kernel);
}
