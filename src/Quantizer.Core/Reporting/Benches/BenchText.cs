using System.Globalization;

namespace Quantizer.Reporting.Benches;

/// <summary>How measured speeds read to people.</summary>
internal static class BenchText
{
    /// <summary>2.59x faster (95 %: 2.50x to 2.66x), or no clear difference.</summary>
    public static string Ratio(BenchRatio ratio)
    {
        if (!double.IsFinite(ratio.High))
            return string.Create(CultureInfo.InvariantCulture, $"no clear difference ({ratio.Median:0.00}x, too few runs to tell)");
        string interval = string.Create(CultureInfo.InvariantCulture, $"(95 %: {ratio.Low:0.00}x to {ratio.High:0.00}x)");
        return !ratio.IsClear ? $"no clear difference {interval}"
            : ratio.Median > 1 ? string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.00}x faster {interval}")
            : string.Create(CultureInfo.InvariantCulture, $"{1 / ratio.Median:0.00}x slower {interval}");
    }

    public static string PerSecond(BenchTimes times) =>
        times.SamplesPerSecond.ToString(times.SamplesPerSecond < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
