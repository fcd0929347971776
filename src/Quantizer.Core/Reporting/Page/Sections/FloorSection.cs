using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The forms tried because integers alone fell below the task's floor.</summary>
internal sealed class FloorSection() : PageSection("floor", "Forms tried to keep the floor")
{
    public override bool IsIn(QuantizationReport report) => report is { Floor: not null, Task: not null };

    public override void Write(QuantizationReport report, PageText page)
    {
        FloorReport floor = report.Floor!;
        TaskFigure headline = report.Task!.Headline;
        string Figure(double? value) => FigureText.Of(headline.Unit, value);
        page.Add($"<p>With everything in integers: {headline.Name} {Figure(floor.Before)}, the floor is {Figure(report.Task.Floor)}. ");
        page.Add($"The file {FloorConverter.Words.MeaningOf(floor.Outcome)}.");
        if (floor.TimeIsUp)
            page.Add($" The time for trying ended before a mixture was found; <code>--floor-seconds</code> gives it more.");
        page.Add($"</p>\n");
        if (floor.Nodes.Count > 0)
        {
            page.Add($"<p>Given back to float: ");
            foreach (string node in floor.Nodes)
                page.Add($"<code>{node}</code> ");
            page.Add($"</p>\n");
        }
        if (floor.Unstored.Count > 0)
        {
            page.Add($"<p>Weights that stay in float, because 8 bits do the harm: ");
            foreach (string node in floor.Unstored)
                page.Add($"<code>{node}</code> ");
            page.Add($"</p>\n");
        }
        PageTable.Write(
            page,
            "floor-steps",
            "What was tried, in this order",
            [
                new("form"),
                new("nodes given back", ColumnKind.Name),
                new(headline.Name, ColumnKind.Number),
                new("change", ColumnKind.Number),
                new("keeps the floor"),
            ],
            floor.Steps,
            step =>
                [
                    FloorConverter.Words.WordOf(step.Outcome),
                    step.Nodes.Count == 0 ? "all" : string.Join(", ", step.Nodes),
                    new Cell(Figure(step.Headline), step.Headline),
                    Gain(headline.Unit, floor.Before, step.Headline),
                    step.MeetsFloor ? "yes" : "no",
                ]
        );
    }

    /// <summary>Against everything in integers.</summary>
    private static Cell Gain(FigureUnit unit, double? before, double? after) =>
        before is { } from && after is { } to && double.IsFinite(to - from) ? new Cell(FigureText.Change(unit, from, to), to - from) : "";
}
