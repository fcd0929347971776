using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Page.Plots;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The first screen: what it comes to, and the figures that say so.</summary>
internal static class VerdictHeader
{
    /// <summary>More reasons to stay in float than these are told in a section of their own.</summary>
    private const int MostReasons = 4;

    public static void Write(QuantizationReport report, PageText page)
    {
        string joint = report.Data.Calibration is null ? "against" : "as INT8:",
            grade = VerdictText.IsGood(report) ? "good"
            : VerdictText.IsBad(report) ? "bad"
            : "mixed";
        page.Add($"<h1><code>{report.Model.Path}</code> {joint} <code>{report.Model.Output}</code></h1>\n");
        page.Add($"<p class=\"grade {grade}\">{VerdictText.Short(report)}</p>\n");
        page.Add($"<p class=\"sentence\">{VerdictText.Of(report)}</p>\n<div class=\"cards\">\n");
        WriteTask(report.Task, page);
        WriteSpeed(report.Latency, page);
        WriteSize(report.Size, page);
        WriteWork(report.Integer, page);
        page.Add($"</div>\n<div class=\"beside\"><div>\n");
        WriteFigures(report.Task, page);
        WriteFloor(report, page);
        page.Add($"</div><div>\n");
        WriteFloat(report.Nodes, page);
        page.Add($"</div></div>\n");
    }

    private static void WriteTask(TaskReport? task, PageText page)
    {
        if (task is null)
        {
            OpenCard(page, "Answers", "not judged");
            page.Add($"<p>There were no data to judge on.</p></div>\n");
            return;
        }
        TaskFigure headline = task.Headline;
        OpenCard(page, headline.Name, FigureText.Of(headline.Unit, headline.Between));
        string kept = task.MeetsFloor ? "keeps" : "is below";
        page.Add($"<p>INT8 against FP32; {kept} the floor of {FigureText.Of(headline.Unit, task.Floor)}");
        page.Add($"{PreprocessingText.Mark(task.GuessedPreparation)}</p></div>\n");
    }

    private static void WriteSpeed(LatencyReport? latency, PageText page)
    {
        if (latency is null)
        {
            OpenCard(page, "Speed", "not measured");
            page.Add($"<p>There were no data to run.</p></div>\n");
            return;
        }
        OpenCard(page, $"Speed, {FigureText.Count(latency.Threads, "thread")}", FigureText.Speed(latency.Speedup, latency.Spread));
        PairBars.Write(
            page,
            new Cell(FigureText.Duration(latency.Fp32Ms), latency.Fp32Ms),
            new Cell(FigureText.Duration(latency.Int8Ms), latency.Int8Ms)
        );
        page.Add($"</div>\n");
    }

    private static void WriteSize(SizeReport size, PageText page)
    {
        OpenCard(page, "Size", FigureText.SizeChange(size.Fp32Bytes, size.Int8Bytes));
        PairBars.Write(
            page,
            new Cell(FigureText.Bytes(size.Fp32Bytes), size.Fp32Bytes),
            new Cell(FigureText.Bytes(size.Int8Bytes, like: size.Fp32Bytes), size.Int8Bytes)
        );
        page.Add($"</div>\n");
    }

    private static void WriteWork(IntegerReport integer, PageText page)
    {
        if (integer is not { PercentPlaced: { } placed, PercentInteger: { } share })
        {
            OpenCard(page, "Work in integers", "not known");
            page.Add($"<p>The work of some nodes is not known.</p></div>\n");
            return;
        }
        OpenCard(page, "Work in integers", FigureText.Share(share));
        page.Add($"<p>of the multiply-accumulates, as ONNX Runtime runs them; {FigureText.Share(placed)} were placed so</p></div>\n");
    }

    /// <summary>What stands in brackets, the spread, is not the figure.</summary>
    private static void OpenCard(PageText page, string name, string figure)
    {
        int bracket = figure.IndexOf(" (", StringComparison.Ordinal);
        string spread = bracket < 0 ? "" : figure[bracket..];
        page.Add($"<div class=\"card\"><h2>{name}</h2><p class=\"figure\">{figure[..^spread.Length]}<small>{spread}</small></p>");
    }

    private static void WriteFigures(TaskReport? task, PageText page)
    {
        if (task is null)
            return;
        PageTable.Write(
            page,
            "figures",
            "Against the right answers",
            [new("figure"), new("FP32", ColumnKind.Number), new("INT8", ColumnKind.Number), new("change", ColumnKind.Number)],
            [.. TaskText.OfBothModels(task)],
            figure =>
                [
                    figure.Name,
                    new Cell(FigureText.Of(figure.Unit, figure.Fp32), figure.Fp32),
                    new Cell(FigureText.Of(figure.Unit, figure.Int8), figure.Int8),
                    FigureText.Change(figure.Unit, figure.Fp32!.Value, figure.Int8!.Value)
                        + PreprocessingText.Mark(task.GuessedPreparation),
                ]
        );
        if (TaskText.Others(task) is { Length: > 0 } others)
            page.Add($"<p>Between both models: {others}.</p>\n");
        page.Add($"<p class=\"quiet\">Judged as {TaskText.Kind(task)}.</p>\n");
    }

    private static void WriteFloor(QuantizationReport report, PageText page)
    {
        if (report is not { Floor: { } floor, Task: { } task })
            return;
        string before = FigureText.Of(task.Headline.Unit, floor.Before),
            outcome = floor.Nodes.Count > 0
                ? $"{FigureText.Count(floor.Nodes.Count, "node")} went back"
                : $"the file {FloorConverter.Words.MeaningOf(floor.Outcome)}";
        page.Add($"<p>With everything in integers: {task.Headline.Name} {before}. Therefore {outcome}; ");
        page.Add($"<a href=\"#floor\">the forms tried</a>.</p>\n");
    }

    private static void WriteFloat(IReadOnlyList<NodeReport> nodes, PageText page)
    {
        NodeReport[] left = [.. nodes.Where(NodeText.IsInFloat)];
        if (left.Length == 0)
            return;
        IGrouping<string, NodeReport>[] reasons = [.. left.GroupBy(NodeText.Reason).OrderByDescending(reason => reason.Count())];
        page.Add($"<h2 class=\"small\">In float: {FigureText.Count(left.Length)} of {FigureText.Count(nodes.Count, "node")}</h2>\n");
        page.Add($"<ul class=\"reasons\">\n");
        foreach (IGrouping<string, NodeReport> reason in reasons.Take(MostReasons))
        {
            string operators = string.Join(
                ", ",
                reason.CountBy(node => node.OpType).Select(type => $"{type.Key} {FigureText.Count(type.Value)}")
            );
            page.Add($"<li><b>{operators}</b>: {(reason.Key.Length == 0 ? "no reason given" : reason.Key)}</li>\n");
        }
        page.Add($"</ul>\n<p class=\"quiet\"><a href=\"#float\">");
        if (reasons.Length > MostReasons)
            page.Add($"{FigureText.Count(reasons.Length - MostReasons, "more reason")}, and each node by name");
        else
            page.Add($"Each node by name");
        page.Add($"</a></p>\n");
    }
}
