using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>How much the channels of each weight differ in size.</summary>
internal sealed class WeightsSection() : PageSection("weights", "Weights by channel")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Weights.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<p>Least and greatest weight of every channel, in FP32. Channels of very different size need scales of their own. ");
        page.Add(
            $"Channels below a thousandth of the widest are (nearly) dead, and left out of the ratio of the widest to the narrowest.</p>\n"
        );
        page.Add($"<div class=\"gallery\" data-plots=\"weights\"></div>\n");
        PageTable.Write(
            page,
            "weight-ranges",
            "Ranges of the weights",
            [
                new("weight", ColumnKind.Name),
                new("widest over narrowest", ColumnKind.Number),
                new("(nearly) dead channels", ColumnKind.Number),
                new("scales"),
                new("channels", ColumnKind.Number),
                new("least", ColumnKind.Number),
                new("greatest", ColumnKind.Number),
                new("read by", ColumnKind.Name),
            ],
            report.Details!.Weights,
            Cells
        );
    }

    private static Cell[] Cells(WeightRange weight)
    {
        LiveChannels channels = LiveChannels.Of(weight);
        return
        [
            weight.Name,
            channels.Ratio is { } ratio ? new Cell(FormattableString.Invariant($"{ratio:0.0}x"), ratio) : FigureText.Missing,
            new Cell(DeadOf(weight, channels.Dead), channels.Dead),
            weight.Axis < 0 ? "one" : $"axis {weight.Axis}",
            Cell.Count(weight.Min.Count),
            weight.Min.Count == 0 ? "" : Cell.Of(weight.Min.Min()),
            weight.Max.Count == 0 ? "" : Cell.Of(weight.Max.Max()),
            weight.Node,
        ];
    }

    private static string DeadOf(WeightRange weight, int dead) => dead == 0 ? "" : $"{dead} of {weight.Min.Count}";
}
