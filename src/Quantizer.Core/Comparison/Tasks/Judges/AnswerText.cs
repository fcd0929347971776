using System.Globalization;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Many classes in a line.</summary>
internal static class AnswerText
{
    /// <summary>More than these say nothing to a reader.</summary>
    private const int MostClasses = 40,
        MostShares = 4;

    /// <summary>Told in front of what is worth looking at.</summary>
    private const int Before = 5;

    /// <summary>"3 3 7 0": the classes of positions in their order; of very many those around a place.</summary>
    /// <param name="place">Of what is worth looking at.</param>
    public static string OfClasses(IReadOnlyList<int> classes, ClassNames names, int place = 0)
    {
        int start = classes.Count <= MostClasses ? 0 : Math.Clamp(place - Before, 0, classes.Count - MostClasses);
        string shown = string.Join(' ', classes.Skip(start).Take(MostClasses).Select(names.Of));
        return $"{(start > 0 ? "... " : "")}{shown}{(start + MostClasses < classes.Count ? " ..." : "")}";
    }

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
