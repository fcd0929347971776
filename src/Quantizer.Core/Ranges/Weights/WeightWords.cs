using Quantizer.Choices;

namespace Quantizer.Ranges.Weights;

/// <summary>The words for choices about weights.</summary>
internal static class WeightWords
{
    public static WordTable<WeightRangeMethod> Ranges { get; } =
        new(
            "way of choosing weight ranges",
            (WeightRangeMethod.Automatic, "auto", "takes what serves the outputs better"),
            (WeightRangeMethod.MinMax, "minmax", "keeps every weight in range"),
            (WeightRangeMethod.SquaredError, "mse", "clips where that lowers the error")
        );

    public static WordTable<WeightGranularity> Granularities { get; } =
        new(
            "granularity of weight scales",
            (WeightGranularity.PerChannel, "per-channel", "takes one scale for each output channel"),
            (WeightGranularity.PerTensor, "per-tensor", "takes one for the whole weight")
        );

    /// <summary>The ways that are tried when one is asked for: all of the others for <see cref="WeightRangeMethod.Automatic"/>.</summary>
    public static IReadOnlyList<WeightRangeMethod> Tried(WeightRangeMethod asked) =>
        asked == WeightRangeMethod.Automatic ? [.. Ranges.Values.Where(way => way != WeightRangeMethod.Automatic)] : [asked];
}
