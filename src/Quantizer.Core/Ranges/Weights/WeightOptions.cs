namespace Quantizer.Ranges.Weights;

/// <summary>How weights are quantized.</summary>
/// <param name="Method">Any but <see cref="WeightRangeMethod.Automatic"/>, which stands for several.</param>
internal sealed record WeightOptions(WeightGranularity Granularity, WeightRangeMethod Method)
{
    public static WeightOptions Default { get; } = new(WeightGranularity.PerChannel, WeightRangeMethod.MinMax);
}
