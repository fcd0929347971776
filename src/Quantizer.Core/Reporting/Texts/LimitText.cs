using System.Globalization;
using static System.FormattableString;

namespace Quantizer.Reporting.Texts;

/// <summary>Limits in words.</summary>
internal static class LimitText
{
    // Words of LimitReport.Unit; the first four are those of a figure's unit, too.
    public const string Percent = "percent",
        Decibels = "decibels",
        Ratio = "ratio",
        Bits = "bits",
        Points = "points",
        Times = "times",
        Bytes = "bytes";

    /// <summary>0.35 points, 97.00 %, 2.10x, 1.05 MiB</summary>
    public static string Of(string unit, double value) =>
        unit switch
        {
            Percent => FigureText.Percent(value),
            Decibels => FigureText.Decibels(value),
            Points => Invariant($"{value:0.00} points"),
            Bits => Invariant($"{value:0.0000} bits"),
            Times => Invariant($"{value:0.00}x"),
            Bytes => FigureText.Bytes((long)value),
            _ => Invariant($"{value:0.0000}"),
        };

    /// <summary>How far a figure is from its limit, never rounded to nothing.</summary>
    public static string Difference(string unit, double missing) =>
        unit switch
        {
            Percent or Points => Invariant($"{missing:0.00##} points"),
            Decibels => Invariant($"{missing:0.0##} dB"),
            Times => Invariant($"{missing:0.00##}x"),
            _ => Of(unit, missing),
        };

    /// <summary>What was found.</summary>
    public static string Found(LimitReport limit) =>
        (limit.Value, limit.Outcome) switch
        {
            (null, LimitOutcome.Passed) => "identical",
            (null, _) => "unknown",
            ({ } value, _) => Of(limit.Unit, value),
        };

    public static string Asked(LimitReport limit) => Of(limit.Unit, limit.Limit);

    /// <summary>As the command line takes it.</summary>
    public static string Argument(LimitReport limit) =>
        limit.Limit.ToString(CultureInfo.InvariantCulture) + (limit is { Name: "max-size", Unit: Percent } ? "%" : "");
}
