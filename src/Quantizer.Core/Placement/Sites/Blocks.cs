namespace Quantizer.Placement.Sites;

/// <summary>Weights of 4 bits in blocks: consecutive ones that are summed share a scale and a zero point.</summary>
/// <param name="Axis">Along which the blocks lie: that of the sums.</param>
internal sealed record Blocks(int Axis)
{
    /// <summary>What other tools write, too: of 16 to 256 that ONNX Runtime has kernels for, a compromise between error and
    /// bytes.</summary>
    public const int Size = 32;

    /// <summary>Unsigned integers of 4 bits: 0 to 15.</summary>
    public const int Highest = 15;
}
