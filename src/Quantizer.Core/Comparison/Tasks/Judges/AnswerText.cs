using System.Globalization;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Many classes in a line.</summary>
internal static class AnswerText
{
    /// <summary>More than these say nothing to a reader.</summary>
    private const int MostClasses = 40,
        MostShares = 4;

    /// <summary>"3 3 7 0": the classes of positions in their order.</summary>
    public static string OfClasses(IReadOnlyList<int> classes, ClassNames names) =>
        string.Join(' ', classes.Take(MostClasses).Select(names.Of)) + (classes.Count > MostClasses ? " ..." : "");

    /// <summary>"0: 81 %, 15: 19 %": the most frequent classes with their shares.</summary>
    public static string OfShares(IReadOnlyList<int> classes, ClassNames names) =>
        string.Join(
            ", ",
            classes
                .CountBy(label => label)
                .OrderByDescending(label => label.Value)
                .ThenBy(label => label.Key)
                .Take(MostShares)
                .Select(label =>
                    string.Create(CultureInfo.InvariantCulture, $"{names.Of(label.Key)}: {100.0 * label.Value / classes.Count:0.##} %")
                )
        );
}
