using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Details;

namespace Quantizer.Details;

/// <summary>Which classes, of text which characters, became which others.</summary>
internal static class Confusions
{
    /// <summary>What is rarer says nothing.</summary>
    private const int Most = 50;

    public static IReadOnlyList<ChangedAnswer> Of(ComparisonResult comparison, JudgedTask task, ClassNames names)
    {
        return
        [
            .. comparison
                .Differences.Select(difference => difference.Answer)
                .OfType<TaskAnswer>()
                .SelectMany(task.ChangesOf)
                .GroupBy(change => (change.Fp32, change.Int8), change => change.Count)
                .Select(changes => (Pair: changes.Key, Count: changes.Sum()))
                .OrderByDescending(changes => changes.Count)
                .ThenBy(changes => changes.Pair)
                .Take(Most)
                .Select(changes => new ChangedAnswer(Name(changes.Pair.Fp32), Name(changes.Pair.Int8), changes.Count)),
        ];

        string Name(int label) => task.NameOf(label, names);
    }
}
