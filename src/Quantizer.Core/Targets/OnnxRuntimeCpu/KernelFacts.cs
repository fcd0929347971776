namespace Quantizer.Targets.OnnxRuntimeCpu;

/// <summary>Numbers that several rules, lowerings and edits of this target hang on.</summary>
internal static class KernelFacts
{
    /// <summary>The depthwise integer kernel works on blocks of 16 channels; other counts take a path three times slower than
    /// float.</summary>
    public const long DepthwiseBlock = 16;
}
