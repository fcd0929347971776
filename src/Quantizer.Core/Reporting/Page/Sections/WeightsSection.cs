using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>How much the channels of each weight differ in size.</summary>
internal sealed class WeightsSection() : PageSection("weights", "Weights by channel")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Weights.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add(
            $"<p>Least and greatest weight of every channel, in FP32. Channels of very different size need scales of their own.</p>\n"
        );
        page.Add($"<div class=\"gallery\" data-plots=\"weights\"></div>\n");
        PageTable.Write(
            page,
            "weight-ranges",
            "Ranges of the weights",
            [
                new("weight", ColumnKind.Name),
                new("read by", ColumnKind.Name),
                new("scales"),
                new("channels", ColumnKind.Number),
                new("least", ColumnKind.Number),
                new("greatest", ColumnKind.Number),
                new("widest over narrowest", ColumnKind.Number),
            ],
            report.Details!.Weights,
            Cells
        );
    }

    private static Cell[] Cells(WeightRange weight) =>
        [
            weight.Name,
            weight.Node,
            weight.Axis < 0 ? "one" : $"axis {weight.Axis}",
            Cell.Count(weight.Min.Count),
            weight.Min.Count == 0 ? "" : Cell.Of(weight.Min.Min()),
            weight.Max.Count == 0 ? "" : Cell.Of(weight.Max.Max()),
            Ratio(weight),
        ];

    /// <summary>Channels of zeros have no width to compare with.</summary>
    private static Cell Ratio(WeightRange weight)
    {
        double[] widths =
        [
            .. weight.Min.Zip(weight.Max, (low, high) => (double)Math.Max(Math.Abs(low), Math.Abs(high))).Where(width => width > 0),
        ];
        return widths.Length < 2
            ? FigureText.Missing
            : new Cell(FormattableString.Invariant($"{widths.Max() / widths.Min():0.0}x"), widths.Max() / widths.Min());
    }
}
