using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Converters;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The forms tried because integers alone fell below the task's floor.</summary>
internal sealed class FloorSection() : PageSection("floor", "Forms tried to keep the floor")
{
    /// <summary>That are listed in a cell or in a line that cannot be folded.</summary>
    private const int MostNodes = 8;

    public override bool IsIn(QuantizationReport report) => report is { Floor: not null, Task: not null };

    public override void Write(QuantizationReport report, PageText page)
    {
        FloorReport floor = report.Floor!;
        TaskFigure headline = report.Task!.Headline;
        string Figure(double? value) => FigureText.Of(headline.Unit, value);
        page.Add(
            $"<p>With everything in integers: {headline.Name} {Figure(floor.Before)}, the floor is {Figure(report.Task.Floor)}{TaskText.Missed(floor.Missed)}. "
        );
        page.Add($"The file {FloorText.FileOf(floor, report.Nodes)}.");
        if (floor.Undecided > 0)
            page.Add($" {CertaintyText.Undecided(floor.Undecided, report.Data.Evaluation?.Samples ?? 0)}");
        if (floor.TimeIsUp)
            page.Add($" The time for trying ended before a mixture was found; <code>--floor-seconds</code> gives it more.");
        page.Add($"</p>\n");
        WriteNodes(page, "Given back to float", floor.Nodes);
        WriteNodes(page, "Weights that stay in float, because 8 bits do the harm", floor.Unstored);
        PageTable.Write(
            page,
            "floor-steps",
            "What was tried, in this order",
            [
                new("form"),
                new("keeps the floor"),
                new(headline.Name, ColumnKind.Number),
                new("change", ColumnKind.Number),
                new("nodes given back", ColumnKind.Name),
            ],
            [
                .. floor.Steps.Select(
                    (step, index) =>
                        (
                            Step: step,
                            Before: index > 0 && floor.Steps[index - 1] is { } before && before.Outcome == step.Outcome ? before.Nodes : []
                        )
                ),
            ],
            row =>
                [
                    FloorConverter.Words.WordOf(row.Step.Outcome),
                    TaskText.Kept(row.Step),
                    new Cell(Figure(row.Step.Headline), row.Step.Headline),
                    Gain(headline.Unit, floor.Before, row.Step.Headline),
                    NodesOf(row.Step, row.Before),
                ]
        );
    }

    private static void WriteNodes(PageText page, string title, IReadOnlyList<string> nodes)
    {
        if (nodes.Count == 0)
            return;
        bool isFolded = nodes.Count > MostNodes;
        if (isFolded)
            page.Add($"<details><summary>{title}: {nodes.Count} nodes</summary>\n<p>");
        else
            page.Add($"<p>{title}: ");
        foreach (string node in nodes)
            page.Add($"<code>{node}</code> ");
        page.Add($"</p>\n");
        if (isFolded)
            page.Add($"</details>\n");
    }

    /// <summary>What came to the nodes of the step before, where these stay.</summary>
    private static string NodesOf(FloorStep step, IReadOnlyList<string> before)
    {
        if (step.Nodes.Count == 0)
            return "all";
        HashSet<string> former = [.. before];
        string[] added = [.. step.Nodes.Where(node => !former.Contains(node))];
        bool isMore = former.Count > 0 && added.Length == step.Nodes.Count - former.Count;
        string[] named = isMore ? added : [.. step.Nodes];
        string list = ListText.Of(named, MostNodes, name => name);
        return isMore ? $"the former {former.Count} and {list}" : list;
    }

    /// <summary>Against everything in integers.</summary>
    private static Cell Gain(FigureUnit unit, double? before, double? after) =>
        before is { } from && after is { } to && double.IsFinite(to - from) ? new Cell(FigureText.Change(unit, from, to), to - from) : "";
}
