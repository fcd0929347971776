using System.Globalization;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Progress;

/// <summary>How far a run is, as text.</summary>
internal static class ProgressLine
{
    private const int BarLength = 24;

    /// <summary>The live line: bar and share of the whole run, stage, count and remaining time, as much of it as fits.</summary>
    public static string Format(TotalProgress progress, int width)
    {
        string text =
            progress.Share is { } share && progress.Left is { } left
                ? $"[{Bar(share)}] {Percent(share)}  {StageText(progress)}  {Clock(left)} left"
                : $"{StageText(progress)}  {Clock(progress.Elapsed)}";
        // One column stays free: a line that fills the last one wraps on some terminals.
        return text.Length < width ? text : text[..Math.Max(0, width - 1)];
    }

    /// <summary>For logs: Calibrating 230/512, 12 % of the run, about 2 min 05 s left</summary>
    public static string Log(TotalProgress progress) =>
        StageText(progress)
        + (
            progress.Share is { } share && progress.Left is { } left
                ? $", {Percent(share).TrimStart()} of the run, about {FigureText.Duration(Rounded(left).TotalMilliseconds)} left"
                : ""
        );

    /// <summary>About 2 min 05 s: 512 samples to calibrate on, 2,000 to compare on.</summary>
    public static string Announcement(TimeSpan expected, int calibrationSamples, int comparedSamples)
    {
        string calibration = calibrationSamples > 0 ? $"{FigureText.Count(calibrationSamples, "sample")} to calibrate on, " : "",
            compared = $"{FigureText.Count(comparedSamples)} to compare on";
        return $"This will take about {FigureText.Duration(Rounded(expected).TotalMilliseconds)}: {calibration}{compared}.";
    }

    private static string StageText(TotalProgress progress) =>
        progress.Total > 0 ? $"{progress.Stage} {FigureText.Count(progress.Done)}/{FigureText.Count(progress.Total)}" : $"{progress.Stage}";

    private static string Bar(double share) => new string('=', (int)(BarLength * share)).PadRight(BarLength);

    private static string Percent(double share) => $"{((int)(100 * share)).ToString(CultureInfo.InvariantCulture).PadLeft(3)} %";

    /// <summary>An estimate to the second would promise too much.</summary>
    private static TimeSpan Rounded(TimeSpan time) =>
        time.TotalSeconds < 20
            ? TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(time.TotalSeconds)))
            : TimeSpan.FromSeconds(5 * Math.Ceiling(time.TotalSeconds / 5));

    /// <summary>0:07, 12:30, 1:02:03</summary>
    private static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
