using System.Globalization;
using Quantizer.Reporting;

namespace Quantizer.Cli.Progress;

/// <summary>The text of the live line: stage, bar, count, rate and remaining time, as much of it as fits.</summary>
internal static class ProgressLine
{
    private const int BarLength = 24;

    // Before this the rate is mostly the first step's warming up.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(500);

    /// <param name="total">0 when the stage has no steps worth counting.</param>
    public static string Format(string stage, int done, int total, TimeSpan elapsed, int width)
    {
        string text =
            total > 0
                ? $"{stage}  [{Bar(done, total)}]  {FigureText.Count(done)}/{FigureText.Count(total)}{Rate(done, total, elapsed)}"
                : $"{stage}  {Clock(elapsed)}";
        // One column stays free: a line that fills the last one wraps on some terminals.
        return text.Length < width ? text : text[..Math.Max(0, width - 1)];
    }

    private static string Bar(int done, int total)
    {
        int filled = (int)((long)BarLength * Math.Clamp(done, 0, total) / total);
        return new string('=', filled).PadRight(BarLength);
    }

    private static string Rate(int done, int total, TimeSpan elapsed)
    {
        if (done <= 0 || elapsed < Settled)
            return "";
        double perSecond = done / elapsed.TotalSeconds;
        TimeSpan left = TimeSpan.FromSeconds(Math.Max(0, total - done) / perSecond);
        return string.Create(CultureInfo.InvariantCulture, $"  {perSecond:0.0}/s  {Clock(left)} left");
    }

    /// <summary>0:07, 12:30, 1:02:03</summary>
    private static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
