using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The numbers of every quantized tensor.</summary>
internal sealed class TensorsSection() : PageSection("tensors", "Quantized tensors")
{
    public override bool IsIn(QuantizationReport report) => report.Tensors.Count > 0;

    public override void Write(QuantizationReport report, PageText page) =>
        PageTable.Write(
            page,
            "tensor-table",
            FigureText.Count(report.Tensors.Count, "quantized tensor"),
            [
                new("tensor", ColumnKind.Name),
                new("expected SQNR", ColumnKind.Number),
                new("range by"),
                new("type"),
                new("min", ColumnKind.Number),
                new("max", ColumnKind.Number),
                new("scale", ColumnKind.Number),
                new("zero point", ColumnKind.Number),
            ],
            report.Tensors,
            tensor =>
                [
                    tensor.Name,
                    new Cell(TensorText.Sqnr(tensor), tensor.SqnrDb),
                    tensor.Method,
                    tensor.Type,
                    Cell.Of(tensor.Min),
                    Cell.Of(tensor.Max),
                    new Cell(TensorText.Scale(tensor), tensor.Scale.Count == 0 ? null : tensor.Scale.Max()),
                    Cell.Count(tensor.ZeroPoint),
                ]
        );
}
