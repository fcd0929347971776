using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What each part was expected to cost, beside what it does.</summary>
internal sealed class PredictionSection() : PageSection("prediction", "Predicted and measured error")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Errors.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<p>Measured: with all that comes from before. Own: what its node adds, run on FP32’s values. ");
        page.Add($"Predicted: rounding and clipping of the tensor alone.</p>\n");
        PageTable.Write(
            page,
            "errors",
            "Signal over error of every tensor, in the order of the network",
            [
                new("tensor", ColumnKind.Name),
                new("measured", ColumnKind.Number),
                new("own", ColumnKind.Number),
                new("predicted", ColumnKind.Number),
                new("own − predicted", ColumnKind.Number),
                new("node", ColumnKind.Name),
            ],
            report.Details!.Errors,
            error =>
                [
                    error.Name,
                    Cell.Decibels(error.SqnrDb),
                    Cell.KnownDecibels(error.OwnSqnrDb),
                    Cell.KnownDecibels(error.PredictedSqnrDb),
                    Difference(error),
                    error.Node,
                ]
        );
    }

    private static Cell Difference(TensorError error) =>
        error.OwnSqnrDb - error.PredictedSqnrDb is { } difference && double.IsFinite(difference)
            ? new Cell(difference.ToString("+0.0 dB;−0.0 dB;0.0 dB", System.Globalization.CultureInfo.InvariantCulture), difference)
            : FigureText.Missing;
}
