using System.Globalization;

namespace Quantizer.Reporting.Texts;

/// <summary>Candidates in words.</summary>
internal static class TriedText
{
    /// <summary>28.4 dB, or 1.21x as fast where that decided.</summary>
    public static string Figure(TriedReport tried) =>
        tried switch
        {
            { Speedup: { } speedup } => string.Create(CultureInfo.InvariantCulture, $"{speedup:0.00}x as fast"),
            { SqnrDb: null } => FigureText.Missing,
            _ => FigureText.Decibels(tried.SqnrDb),
        };
}
