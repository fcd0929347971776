using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Page.Plots;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The first screen: what it comes to, and the figures that say so.</summary>
internal static class VerdictHeader
{
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
        FloatReasons.Write(report.Nodes, "float", page);
        page.Add($"</div></div>\n");
    }

    private static void WriteTask(TaskReport? task, PageText page)
    {
        if (task is null)
        {
            PageCard.Open(page, "Answers", "not judged");
            page.Add($"<p>There were no data to judge on.</p></div>\n");
            return;
        }
        TaskFigure headline = task.Headline;
        PageCard.Open(page, headline.Name, FigureText.Of(headline.Unit, headline.Between));
        string kept = task.MeetsFloor || task.Missed is not null ? "keeps" : "is below";
        page.Add($"<p>INT8 against FP32; {kept} the floor of {FigureText.Of(headline.Unit, task.Floor)}{TaskText.Missed(task.Missed)}");
        page.Add($"{PreprocessingText.Mark(task.GuessedPreparation)}</p>");
        if (task.Certainty is { } certainty)
            page.Add($"<p id=\"certainty\">{CertaintyText.Interval(certainty)}</p>");
        page.Add($"</div>\n");
    }

    private static void WriteSpeed(LatencyReport? latency, PageText page)
    {
        if (latency is null)
        {
            PageCard.Open(page, "Speed", "not measured");
            page.Add($"<p>There were no data to run.</p></div>\n");
            return;
        }
        PageCard.Open(page, $"Speed, {FigureText.Count(latency.Threads, "thread")}", FigureText.Speed(latency.Speedup, latency.Spread));
        PairBars.Write(
            page,
            new Cell(FigureText.Duration(latency.Fp32Ms), latency.Fp32Ms),
            new Cell(FigureText.Duration(latency.Int8Ms), latency.Int8Ms)
        );
        page.Add($"</div>\n");
    }

    private static void WriteSize(SizeReport size, PageText page)
    {
        PageCard.Open(page, "Size", FigureText.SizeChange(size.Fp32Bytes, size.Int8Bytes));
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
            PageCard.Open(page, "Work in integers", "not known");
            page.Add($"<p>The work of some nodes is not known.</p></div>\n");
            return;
        }
        PageCard.Open(page, "Work in integers", FigureText.Share(share));
        page.Add($"<p>of the multiply-accumulates, as ONNX Runtime runs them; {FigureText.Share(placed)} were placed so</p></div>\n");
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
        if (task.Certainty?.AgainstTruth is { } changes)
            page.Add($"<p>{CertaintyText.Changes(changes)}: {CertaintyText.Verdict(changes)}.</p>\n");
        if (TaskText.Others(task) is { Length: > 0 } others)
            page.Add($"<p>Between both models: {others}.</p>\n");
        page.Add($"<p class=\"quiet\">Judged as {TaskText.Kind(task)}.</p>\n");
    }

    private static void WriteFloor(QuantizationReport report, PageText page)
    {
        if (report is not { Floor: { } floor, Task: { } task })
            return;
        string before = FigureText.Of(task.Headline.Unit, floor.Before) + TaskText.Missed(floor.Missed),
            outcome = floor.Nodes.Count > 0 && !FloorText.IsGivenUp(floor, report.Nodes)
                ? $"{FigureText.Count(floor.Nodes.Count, "node")} went back"
                : $"the file {FloorText.FileOf(floor, report.Nodes)}";
        page.Add($"<p>With everything in integers: {task.Headline.Name} {before}. Therefore {outcome}; ");
        page.Add($"<a href=\"#floor\">the forms tried</a>.</p>\n");
    }
}
