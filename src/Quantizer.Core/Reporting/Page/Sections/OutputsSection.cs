using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>How far each output of the two models differs.</summary>
internal sealed class OutputsSection() : PageSection("outputs", "Outputs")
{
    public override bool IsIn(QuantizationReport report) => report.Outputs.Count > 0;

    public override void Write(QuantizationReport report, PageText page) =>
        PageTable.Write(
            page,
            "output-table",
            "Signal over quantization error at the outputs",
            [
                new("output", ColumnKind.Name),
                new("SQNR", ColumnKind.Number),
                new("median sample", ColumnKind.Number),
                new("worst tenth", ColumnKind.Number),
                new("cosine", ColumnKind.Number),
            ],
            [.. report.Outputs.SelectMany(WithParts)],
            row => Cells(row.Name, row.Output)
        );

    private static IEnumerable<(string Name, OutputReport Output)> WithParts(OutputReport output) =>
        [(output.Name, output), .. (output.Parts ?? []).Select(part => ($"{output.Name}: {part.Name}", part))];

    private static Cell[] Cells(string name, OutputReport output)
    {
        bool isSpread = FigureText.Spread(output).Length > 0;
        return
        [
            name,
            new Cell(FigureText.Sqnr(output) + PreprocessingText.Mark(output.GuessedPreparation), output.SqnrDb ?? double.PositiveInfinity),
            isSpread ? Cell.Decibels(output.MedianDb) : "",
            isSpread ? Cell.Decibels(output.WorstTenthDb) : "",
            new Cell(FigureText.Cosine(output), output.Cosine),
        ];
    }
}
