using Quantizer.Choices;

namespace Quantizer.Calibration.Statistics;

/// <summary>The words for <see cref="StatisticsMode"/>.</summary>
internal static class StatisticsWords
{
    public static WordTable<StatisticsMode> Modes { get; } =
        new(
            "statistics mode",
            (StatisticsMode.Exact, "exact", "counts every value"),
            (StatisticsMode.Sampled, "sampled", "is faster: every extreme value, a sample of the others")
        );
}
