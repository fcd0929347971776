using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Details;

namespace Quantizer.Details;

/// <summary>The samples of a comparison whose answer is another one, those that differ most first; of tasks whose answers always differ a
/// little, those that differ most.</summary>
/// <param name="Shown">At most <see cref="ReportDetails.MostSamples"/>.</param>
/// <param name="InAll">How many differ.</param>
internal sealed record DifferingSamples(IReadOnlyList<SampleDifference> Shown, int InAll)
{
    public static DifferingSamples Of(ComparisonResult comparison, JudgedTask task)
    {
        (SampleDifference Sample, double Distance)[] changed =
        [
            .. comparison
                .Differences.Select(sample => (sample, sample.Answer is { } answer ? task.DistanceOf(answer) : 0))
                .Where(sample => task.IsDiscrete ? sample.Item2 > 0 : SqnrDbOf(sample.sample) is not null)
                .OrderByDescending(sample => sample.Item2)
                .ThenBy(sample => SqnrDbOf(sample.sample))
                .ThenBy(sample => sample.sample.Index),
        ];
        SampleDifference[] shown = [.. changed.Take(ReportDetails.MostSamples).Select(sample => sample.Sample)];
        return new DifferingSamples(shown, task.IsDiscrete ? changed.Length : shown.Length);
    }

    /// <summary>Of the first output; null where nothing differs, or the two models gave lists of different lengths.</summary>
    public static double? SqnrDbOf(SampleDifference sample) =>
        sample.Outputs is [{ } first, ..] && double.IsFinite(first.Whole.SqnrDb) ? first.Whole.SqnrDb : null;
}
