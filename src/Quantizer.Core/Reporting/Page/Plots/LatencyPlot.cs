using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Plots;

/// <summary>The runs of both models as strokes on one axis of time.</summary>
internal static class LatencyPlot
{
    private const double Width = 1000;
    private const double RowHeight = 46;
    private const double StrokeHeight = 26;

    /// <summary>A name centred on a line nearer to the right edge than this share would leave the plot of a phone.</summary>
    private const double NearEdge = 0.07;

    /// <summary>Names closer to each other than this share would touch there.</summary>
    private const double RoomForName = 0.2;

    /// <summary>Tukey's outer fence: a run that the system interrupted would leave no room for all others.</summary>
    private const double Fence = 3;

    public static void Write(PageText page, LatencyRuns runs)
    {
        double[] fp32 = [.. runs.Fp32Ms.Where(double.IsFinite).Order()],
            int8 = [.. runs.Int8Ms.Where(double.IsFinite).Order()];
        double[] all = [.. fp32.Concat(int8).Order()];
        double most = Math.Max(Farthest(fp32), Farthest(int8));
        double margin = (most - all[0]) * 0.03;
        PlotScale scale = PlotScale.Within(Math.Max(all[0] - margin, 0), most + margin, 6);
        page.Add($"<figure class=\"plot\"><svg class=\"frame\" height=\"{2 * RowHeight + 24}\" ");
        page.Add($"role=\"img\" aria-label=\"{Summary(fp32, int8)}\">\n");
        foreach (double tick in scale.Ticks)
        {
            double x = scale.ShareOf(tick) * 100;
            page.Add($"<line class=\"grid\" x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"{2 * RowHeight}\"/>");
            bool isAtEdge = scale.ShareOf(tick) > 1 - NearEdge;
            // The name before it stands half as wide nearer.
            if (isAtEdge && scale.Step / (scale.High - scale.Low) < RoomForName)
                continue;
            page.Add($"<text class=\"tick\" x=\"{x}%\" y=\"{2 * RowHeight + 18}\" text-anchor=\"{(isAtEdge ? "end" : "middle")}\">");
            page.Add($"{FigureText.Short(tick)} ms</text>\n");
        }
        WriteRow(page, "fp32", fp32, scale, 0);
        WriteRow(page, "int8", int8, scale, RowHeight);
        page.Add($"</svg>\n");
        int beyond = all.Count(value => value > scale.High);
        page.Add($"<figcaption class=\"quiet\">{Summary(fp32, int8)}.");
        if (beyond > 0)
            page.Add($" {FigureText.Count(beyond, "slower run")} not shown.");
        page.Add($"</figcaption></figure>\n");
    }

    private static void WriteRow(PageText page, string kind, double[] runs, PlotScale scale, double top)
    {
        if (runs.Length == 0)
            return;
        double y = top + RowHeight - StrokeHeight,
            median = scale.ShareOf(Quantile(runs, 0.5)) * 100;
        page.Add(
            $"<svg y=\"{y}\" width=\"100%\" height=\"{StrokeHeight}\" viewBox=\"0 0 {Width} {StrokeHeight}\" preserveAspectRatio=\"none\">"
        );
        page.Add($"<path class=\"strokes {kind}\" d=\"");
        foreach (double run in runs.Where(run => run <= scale.High))
            page.Add($"M{scale.ShareOf(run) * Width} 4v{StrokeHeight - 8}");
        page.Add($"\"/></svg>\n<line class=\"median {kind}\" x1=\"{median}%\" x2=\"{median}%\" y1=\"{y}\" y2=\"{y + StrokeHeight}\"/>");
        string anchor =
            median < 25 ? "start"
            : median > 75 ? "end"
            : "middle";
        page.Add($"<text class=\"label {kind}\" x=\"{median}%\" y=\"{y - 5}\" text-anchor=\"{anchor}\">");
        page.Add($"{kind.ToUpperInvariant()}, median {FigureText.Duration(Quantile(runs, 0.5))}</text>\n");
    }

    private static string Summary(double[] fp32, double[] int8) => $"FP32 {Spread(fp32)}; INT8 {Spread(int8)}";

    private static string Spread(double[] runs) =>
        runs.Length == 0
            ? "not run"
            : $"{FigureText.Count(runs.Length, "run")}, a tenth below {FigureText.Duration(Quantile(runs, 0.1))}, "
                + $"median {FigureText.Duration(Quantile(runs, 0.5))}, a tenth above {FigureText.Duration(Quantile(runs, 0.9))}";

    /// <summary>The slowest run within the fence.</summary>
    private static double Farthest(double[] sorted)
    {
        double upper = Quantile(sorted, 0.75),
            fence = upper + Fence * (upper - Quantile(sorted, 0.25));
        return sorted.LastOrDefault(run => run <= fence);
    }

    /// <summary>Of sorted values; the nearest one.</summary>
    private static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)Math.Round(share * (sorted.Length - 1), MidpointRounding.ToEven)];
}
