namespace Quantizer.Ranges.Weights;

/// <summary>How weights are quantized.</summary>
/// <param name="PerChannel">One scale per output channel; false: one per tensor.</param>
public sealed record WeightOptions(bool PerChannel, WeightRangeMethod Method)
{
    public static WeightOptions Default { get; } = new(true, WeightRangeMethod.MinMax);
}
