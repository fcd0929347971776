using System.Globalization;
using Quantizer.Comparison.Tasks;
using static System.FormattableString;

namespace Quantizer.Reporting.Texts;

/// <summary>How figures read to people, the same in every report that people read. Always with a decimal point, whatever the
/// country.</summary>
internal static class FigureText
{
    /// <summary>Stands for a figure that there is none of.</summary>
    public const string Missing = "-";

    /// <summary>The precision of a float: 24 bits at 6.02 dB each.</summary>
    private const int MostDecibels = 144;

    /// <summary>Sums of doubles that are equal are off by less.</summary>
    private const double Rounding = 1e-9;

    private const double MillisecondsPerSecond = 1000;
    private const double SecondsPerMinute = 60;
    private const double BytesPerStep = 1024;

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>91.65 %</summary>
    public static string Percent(double percent) => double.IsFinite(percent) ? Invariant($"{percent:0.00} %") : Missing;

    /// <summary>A share of all: 99.99 %, never rounded up to the 100 that says that nothing is left.</summary>
    public static string Share(double percent) => Percent(Math.Floor(percent * 100) / 100);

    /// <summary>-0.05 points, with its sign; what rounds to nothing is 0.00 points.</summary>
    public static string Points(double points)
    {
        if (!double.IsFinite(points))
            return Missing;
        // Adding 0.0 turns a rounded negative zero into zero.
        double rounded = Math.Round(points, 2, MidpointRounding.ToEven) + 0.0;
        return Invariant($"{rounded:+0.00;-0.00;0.00} points");
    }

    /// <summary>A task's figure in its unit: 99.10 %, 34.2 dB, 0.9620, 2.1206 bits, 76.</summary>
    public static string Of(FigureUnit unit, double? figure) =>
        (unit, figure) switch
        {
            (_, null) => Missing,
            (FigureUnit.Decibels, _) => Decibels(figure),
            (_, { } value) when !double.IsFinite(value) => Missing,
            // Never rounded up to the 100 % or the 1 of what is all the same.
            (FigureUnit.Percent, { } value) => Percent(value is < 100 - Rounding and > 99.99 ? 99.99 : value),
            (FigureUnit.Ratio, { } value) => Invariant($"{(value is < 1 - Rounding and > 0.9999 ? 0.9999 : value):0.0000}"),
            (FigureUnit.Bits, { } value) => Invariant($"{value:0.0000} bits"),
            (_, { } value) => Count((long)value),
        };

    /// <summary>A figure below a floor, with as many digits as tell both apart: 14.98 dB, and not 15.0 dB below 15.0 dB.</summary>
    public static string Below(FigureUnit unit, double? figure, double floor)
    {
        string usual = Of(unit, figure);
        if (figure is not { } value || usual != Of(unit, floor))
            return usual;
        string digits = Math.Min(value, Math.BitDecrement(floor)).ToString("0.00####", CultureInfo.InvariantCulture);
        return unit switch
        {
            FigureUnit.Decibels => $"{digits} dB",
            FigureUnit.Percent => $"{digits} %",
            _ => digits,
        };
    }

    /// <summary>From FP32 to INT8, with its sign: -0.05 points, +0.0021 bits; empty where that is not told.</summary>
    public static string Change(FigureUnit unit, double fp32, double int8) =>
        unit switch
        {
            FigureUnit.Percent => Points(int8 - fp32),
            FigureUnit.Bits when double.IsFinite(int8 - fp32) => Invariant($"{int8 - fp32:+0.0000;-0.0000;0.0000} bits"),
            FigureUnit.Ratio when double.IsFinite(int8 - fp32) => Invariant($"{int8 - fp32:+0.0000;-0.0000;0.0000}"),
            _ => "",
        };

    /// <summary>How the ratio of an output is spread over the samples: median sample 34.1 dB, worst tenth 29.9 dB. Empty where both are
    /// identical.</summary>
    public static string Spread(OutputReport output) =>
        output is { AllButZero: false, EqualPercent: null, SqnrDb: not null, MedianDb: not null }
            ? $"median sample {Decibels(output.MedianDb)}, worst tenth {Decibels(output.WorstTenthDb)}"
            : "";

    /// <summary>An output's ratio: 34.2 dB, identical, or what tells more than a ratio: all but zero, 99.00 % equal.</summary>
    public static string Sqnr(OutputReport output) =>
        output switch
        {
            { EqualPercent: < 100 and { } equal } => $"{Percent(equal)} equal",
            { EqualPercent: not null } => Decibels(null),
            { AllButZero: true } => "all but zero",
            _ => Decibels(output.SqnrDb),
        };

    /// <summary>Of the angle between both outputs; empty where that measures nothing.</summary>
    public static string Cosine(OutputReport output) => output.EqualPercent is null ? Cosine(output.Cosine) : "";

    /// <summary>34.2 dB; a missing or infinite ratio says that there was no error at all, and one that is beyond what floats can tell no
    /// more than that.</summary>
    public static string Decibels(double? decibels) =>
        decibels switch
        {
            null or double.PositiveInfinity => "identical",
            > MostDecibels => Invariant($"over {MostDecibels} dB"),
            { } value when double.IsFinite(value) => Invariant($"{value:0.0} dB"),
            _ => Missing,
        };

    /// <summary>Three significant digits in the unit that suits: 0.712 ms, 18.4 ms, 3.20 s, 2 min 05 s.</summary>
    public static string Duration(double milliseconds)
    {
        if (!double.IsFinite(milliseconds))
            return Missing;
        double seconds = milliseconds / MillisecondsPerSecond;
        return seconds switch
        {
            >= SecondsPerMinute => MinutesAndSeconds(seconds),
            >= 1 => $"{Significant(seconds)} s",
            _ => $"{Significant(milliseconds)} ms",
        };
    }

    /// <summary>1.05 MiB</summary>
    public static string Bytes(long bytes) => Bytes(bytes, bytes);

    /// <summary>In the unit that suits <paramref name="like"/>, so that two sizes can be compared at a glance: 0.309 MiB.</summary>
    public static string Bytes(long bytes, long like)
    {
        double divisor = 1;
        int unit = 0;
        while (like / divisor >= BytesPerStep && unit < ByteUnits.Length - 1)
        {
            divisor *= BytesPerStep;
            unit++;
        }
        return unit == 0 ? Invariant($"{bytes} B") : $"{Significant(bytes / divisor)} {ByteUnits[unit]}";
    }

    /// <summary>2.59x faster (±0.08), 1.30x slower (±0.02), or no clear difference (0.98x ±0.05).</summary>
    /// <param name="spread">How far the speed-up may be off: no verdict inside it.</param>
    public static string Speed(double speedup, double spread)
    {
        if (!(speedup > 0) || !double.IsFinite(speedup))
            return Missing;
        // Of files that are the same.
        if (speedup == 1 && spread == 0)
            return "the same";
        if (!double.IsFinite(spread))
            return Invariant($"no clear difference ({speedup:0.00}x, measured once)");
        if (IsWithinSpread(speedup, spread))
            return Invariant($"no clear difference ({speedup:0.00}x ±{spread:0.00})");
        return speedup > 1
            ? Invariant($"{speedup:0.00}x faster (±{spread:0.00})")
            // To first order the reciprocal of s ± d is off by d / s².
            : Invariant($"{1 / speedup:0.00}x slower (±{spread / (speedup * speedup):0.00})");
    }

    /// <summary>Whether a speed-up cannot be told from equal speed.</summary>
    public static bool IsWithinSpread(double speedup, double spread) => !(Math.Abs(speedup - 1) > spread);

    /// <summary>3.84x smaller, or larger.</summary>
    public static string SizeChange(long before, long after) =>
        (before, after) switch
        {
            _ when before <= 0 || after <= 0 => Missing,
            _ when before == after => "the same",
            _ when before > after => Invariant($"{(double)before / after:0.00}x smaller"),
            _ => Invariant($"{(double)after / before:0.00}x larger"),
        };

    /// <summary>0.99981; never rounded up to the 1 of identical outputs.</summary>
    public static string Cosine(double cosine) =>
        double.IsFinite(cosine) ? Invariant($"{Math.Floor(cosine * 1e5) / 1e5:0.00000}") : Missing;

    /// <summary>Seven thousand is 7,000.</summary>
    public static string Count(long count) => Invariant($"{count:#,0}");

    /// <summary>1 file, 2,000 files; for nouns with a plain plural.</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {noun}s";

    /// <summary>Shortest text that is the same number: 0.485, 1E-05.</summary>
    public static string Number(double value) => ((float)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>Four significant digits, for columns: 6.283, -0.001234, 1.5E-09.</summary>
    public static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>0.485,0.456,0.406, as the command line takes them</summary>
    public static string Numbers(IEnumerable<float> values) => string.Join(",", values.Select(value => Number(value)));

    private static string MinutesAndSeconds(double seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(Math.Round(seconds, MidpointRounding.ToEven));
        return span.TotalHours >= 1
            ? Invariant($"{(int)span.TotalHours} h {span.Minutes:00} min")
            : Invariant($"{span.Minutes} min {span.Seconds:00} s");
    }

    /// <summary>Three significant digits for values below 1000.</summary>
    private static string Significant(double value) =>
        Math.Abs(value) switch
        {
            >= 99.95 => Invariant($"{value:0}"),
            >= 9.995 => Invariant($"{value:0.0}"),
            >= 0.9995 => Invariant($"{value:0.00}"),
            0 => "0",
            _ => Invariant($"{value:0.000}"),
        };
}
