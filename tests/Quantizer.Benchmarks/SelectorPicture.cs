using System.Globalization;
using System.Net;
using System.Text;
using Quantizer.Reporting.Details;

namespace Quantizer.Benchmarks;

/// <summary>A tensor's histogram, and below it the range that each selector proposes, as SVG.</summary>
internal static class SelectorPicture
{
    private const int Width = 760,
        PlotTop = 40,
        PlotHeight = 200,
        // Room for the selectors' names, and for their ratios.
        Left = 130,
        Right = 90,
        RowHeight = 26,
        BarHeight = 12;

    private const int PlotBottom = PlotTop + PlotHeight,
        FirstRow = PlotBottom + 34;

    private const string Chosen = "#0969da",
        Other = "#8c959f",
        Values = "#c8d1da",
        Ink = "#1f2328";

    /// <summary>The picture's text. The axis of counts is logarithmic, for tails are what selectors differ by.</summary>
    public static string Of(TensorHistogram histogram)
    {
        StringBuilder svg = new();
        int height = FirstRow + (histogram.Thresholds.Count * RowHeight) + 10;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" font-family="sans-serif" font-size="13" fill="{Ink}">
            <rect width="{Width}" height="{height}" fill="#ffffff"/>
            <text x="{Left}" y="20" font-weight="bold">{WebUtility.HtmlEncode(histogram.Name)}</text>
            <path d="{Bars(histogram)}" fill="{Values}"/>
            <path d="M{Left} {PlotBottom}H{Width - Right}" stroke="{Ink}"/>
            <text x="{Left - 8}" y="{PlotTop + 12}" text-anchor="end">values</text>
            <text x="{Left - 8}" y="{PlotTop + 28}" text-anchor="end" font-size="11">(logarithmic)</text>

            """
        );
        for (int row = 0; row < histogram.Thresholds.Count; row++)
            AddRow(svg, histogram, histogram.Thresholds[row], FirstRow + (row * RowHeight));
        // Last, and with an edge, so that no line runs through them.
        foreach (float value in Ticks(histogram))
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{X(histogram, value):0.#}\" y=\"{PlotBottom + 16}\" text-anchor=\"middle\" font-size=\"11\" stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\">{value:G3}</text>\n"
            );
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void AddRow(StringBuilder svg, TensorHistogram histogram, RangeThreshold threshold, int y)
    {
        string colour = threshold.Method == histogram.Chosen ? Chosen : Other;
        double low = X(histogram, threshold.Low),
            high = X(histogram, threshold.High);
        string decibels = threshold.ExpectedSqnrDb is { } db ? string.Create(CultureInfo.InvariantCulture, $"{db:0.0} dB") : "no error";
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <text x="{Left - 8}" y="{y + BarHeight}" text-anchor="end">{threshold.Method}</text>
            <rect x="{low:0.#}" y="{y}" width="{high - low:0.#}" height="{BarHeight}" fill="{colour}"/>
            <path d="M{low:0.#} {y}V{PlotTop}M{high:0.#} {y}V{PlotTop}" stroke="{colour}" stroke-dasharray="2 3"/>
            <text x="{Width - Right + 10}" y="{y + BarHeight}">{decibels}</text>

            """
        );
    }

    private static string Bars(TensorHistogram histogram)
    {
        double highest = Math.Log10(1 + histogram.Bins.Max()),
            width = (double)(Width - Left - Right) / histogram.Bins.Count;
        StringBuilder path = new();
        for (int bin = 0; bin < histogram.Bins.Count; bin++)
        {
            double top = PlotHeight * Math.Log10(1 + histogram.Bins[bin]) / highest;
            if (top > 0)
                path.Append(CultureInfo.InvariantCulture, $"M{Left + (bin * width):0.#} {PlotBottom}v{-top:0.#}h{width:0.#}v{top:0.#}z");
        }
        return path.ToString();
    }

    private static IEnumerable<float> Ticks(TensorHistogram histogram) => new[] { histogram.Min, 0f, histogram.Max }.Distinct();

    private static double X(TensorHistogram histogram, float value) =>
        Left + ((Width - Left - Right) * (double)(value - histogram.Min) / (histogram.Max - histogram.Min));
}
