using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>The values of the noisiest tensor that calibration watched, and the range that was chosen for it.</summary>
internal static class HistogramLines
{
    private const int MostColumns = 72,
        Rows = 6;

    // Eighths of a letter's height; without Unicode a letter is there or not.
    private const string Blocks = " ▁▂▃▄▅▆▇█",
        Letters = " #";

    public static void Write(IReadOnlyList<TensorReport> tensors, ReportDetails details, Terminal terminal)
    {
        Dictionary<string, TensorHistogram> histograms = details.Histograms.DistinctBy(item => item.Name).ToDictionary(item => item.Name);
        TensorReport? noisiest = tensors
            .Where(tensor => tensor.SqnrDb is { } db && double.IsFinite(db) && histograms.ContainsKey(tensor.Name))
            .MinBy(tensor => tensor.SqnrDb);
        if (noisiest is null || histograms[noisiest.Name] is not { Bins.Count: > 0 } histogram || !(histogram.Max > histogram.Min))
            return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(terminal.Ink.Bold(Printable.Line($"Noisiest tensor: {noisiest.Name} ({TensorText.Sqnr(noisiest)})")));
        int columns = Math.Min(MostColumns, terminal.Width - 2);
        foreach (string line in Bars(histogram.Bins, columns, terminal.TakesUnicode ? Blocks : Letters))
            terminal.Out.WriteLine($"  {line}".TrimEnd());
        terminal.Out.WriteLine($"  {Kept(histogram, columns)}".TrimEnd());
        WordWrap.WriteHanging(
            terminal.Out,
            "  ",
            $"{FigureText.Short(histogram.Min)} to {FigureText.Short(histogram.Max)}, {FigureText.Count(histogram.Count, "value")}, heights by "
                + $"the root of their number; --- is the chosen range, {FigureText.Short(histogram.Low)} to {FigureText.Short(histogram.High)} "
                + $"({histogram.Chosen}).",
            terminal.Width
        );
    }

    /// <summary>From the top. A root shows the tails beside the middle, which counts thousands of times as much.</summary>
    private static IEnumerable<string> Bars(IReadOnlyList<long> bins, int columns, string steps)
    {
        double[] heights = new double[columns];
        for (int bin = 0; bin < bins.Count; bin++)
            heights[(int)((long)bin * columns / bins.Count)] += bins[bin];
        double highest = Math.Sqrt(heights.Max());
        int fine = steps.Length - 1;
        int[] levels = [.. heights.Select(height => highest > 0 ? (int)Math.Ceiling(Math.Sqrt(height) / highest * Rows * fine) : 0)];
        for (int row = Rows - 1; row >= 0; row--)
            yield return new string([.. levels.Select(level => steps[Math.Clamp(level - (row * fine), 0, fine)])]);
    }

    private static string Kept(TensorHistogram histogram, int columns)
    {
        double width = ((double)histogram.Max - histogram.Min) / columns;
        return new string([
            .. Enumerable
                .Range(0, columns)
                .Select(column => histogram.Min + ((column + 0.5) * width))
                .Select(value => value >= histogram.Low && value <= histogram.High ? '-' : ' '),
        ]);
    }
}
