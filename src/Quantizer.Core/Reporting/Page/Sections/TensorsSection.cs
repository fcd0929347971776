using Quantizer.Reporting.Page.Tables;

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
                new("type"),
                new("min", ColumnKind.Number),
                new("max", ColumnKind.Number),
                new("scale", ColumnKind.Number),
                new("zero point", ColumnKind.Number),
                new("range by"),
                new("expected SQNR", ColumnKind.Number),
            ],
            report.Tensors,
            tensor =>
                [
                    tensor.Name,
                    tensor.Type,
                    Cell.Of(tensor.Min),
                    Cell.Of(tensor.Max),
                    new Cell(TensorText.Scale(tensor), tensor.Scale.Count == 0 ? null : tensor.Scale.Max()),
                    Cell.Count(tensor.ZeroPoint),
                    tensor.Method,
                    new Cell(TensorText.Sqnr(tensor), tensor.SqnrDb),
                ]
        );
}
