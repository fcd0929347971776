using System.Globalization;
using Quantizer.Comparison;

namespace Quantizer.Reporting.Texts;

/// <summary>How sure figures are, in words.</summary>
internal static class CertaintyText
{
    /// <summary>Three digits tell all that a p value is good for.</summary>
    private const double LeastTold = 0.001;

    /// <summary>98.58 to 99.43 % (95 % interval of 2,000 samples)</summary>
    public static string Interval(CertaintyReport certainty) =>
        string.Create(CultureInfo.InvariantCulture, $"{certainty.Low:0.00} to {certainty.High:0.00} %")
        + $" (95 % interval of {FigureText.Count(certainty.Samples, "sample")})";

    /// <summary>5 of 2,000 answers went from right to wrong, 4 from wrong to right, and 9 from one wrong answer to another</summary>
    public static string Changes(AnswerChangesReport changes)
    {
        (int Count, string Way)[] ways =
        [
            (changes.RightToWrong, "from right to wrong"),
            (changes.WrongToRight, "from wrong to right"),
            (changes.WrongToWrong, "from one wrong answer to another"),
        ];
        string answers = FigureText.Count(changes.Labelled, "answer");
        string[] parts =
        [
            .. ways.Where(way => way.Count > 0)
                .Select((way, i) => FigureText.Count(way.Count) + (i == 0 ? $" of {answers} went {way.Way}" : $" {way.Way}")),
        ];
        return parts.Length switch
        {
            0 => $"None of {answers} changed",
            1 => parts[0],
            _ => $"{string.Join(", ", parts[..^1])}, and {parts[^1]}",
        };
    }

    /// <summary>that INT8 is less often right may be chance (p = 0.210, exact McNemar test)</summary>
    public static string Verdict(AnswerChangesReport changes)
    {
        string which = changes.RightToWrong.CompareTo(changes.WrongToRight) switch
        {
            > 0 => "that INT8 is less often right",
            < 0 => "that INT8 is more often right",
            _ => "",
        };
        return which.Length == 0
            ? "both models are right equally often"
            : $"{which} {(MayBeChance(changes) ? "may be" : "is hardly")} chance ({Value(changes.PValue)}, exact McNemar test)";
    }

    public static bool MayBeChance(AnswerChangesReport changes) => changes.PValue >= Certainty.Significance;

    /// <summary>p = 0.210</summary>
    public static string Value(double p) =>
        p < LeastTold ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture, $"p = {Math.Min(p, 1):0.000}");

    /// <summary>That more samples would decide whether a floor is kept; empty where none is missing.</summary>
    /// <param name="missing">Answers that are missing (<see cref="Certainty.MissingOf(Comparison.Tasks.TaskKind, double?, int)"/>).</param>
    public static string Undecided(int missing, int samples) =>
        missing == 0
            ? ""
            : $"It lacks {FigureText.Count(missing, "answer")} of {FigureText.Count(samples)} to keep the floor, which is within what so few "
                + "samples tell: more samples would decide.";
}
