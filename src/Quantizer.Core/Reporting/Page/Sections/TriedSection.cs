using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The candidates that were judged, of which most left nothing in the file.</summary>
internal sealed class TriedSection() : PageSection("tried", "What was tried")
{
    public override bool IsIn(QuantizationReport report) => report.Tried.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add(
            $"<p>Each was judged by what it does to the outputs, as signal over error, or by its speed. Figures of one choice compare where "
        );
        page.Add($"they stand on as many samples: a few show what is hopeless, all decide between the best.</p>\n");
        PageTable.Write(
            page,
            "tried-table",
            $"{FigureText.Count(report.Tried.Count, "candidate")}, {FigureText.Count(report.Tried.Count(tried => tried.Taken))} taken",
            [
                new("choice"),
                new("candidate", ColumnKind.Prose),
                new("taken"),
                new("at the outputs", ColumnKind.Number),
                new("before", ColumnKind.Number),
                new("samples", ColumnKind.Number),
            ],
            report.Tried,
            tried =>
                [
                    tried.Choice,
                    tried.Candidate,
                    tried.Taken ? "yes" : "no",
                    new Cell(TriedText.Figure(tried), tried.SqnrDb),
                    tried.BeforeDb is { } before ? Cell.Decibels(before) : "",
                    tried.Samples > 0 ? Cell.Count(tried.Samples) : "",
                ]
        );
    }
}
