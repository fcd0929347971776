using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Converters;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Markdown;

/// <summary>The long parts of the Markdown report, each folded away behind its length.</summary>
internal static class MarkdownReportLists
{
    private const int MostGiven = 4;

    /// <summary>In full: what a pull request is about.</summary>
    public static void WriteLimits(IReadOnlyList<LimitReport> limits, TextWriter text)
    {
        if (limits.Count == 0)
            return;
        MarkdownText.Row(text, "limit", "figure", "asked", "found", "outcome");
        MarkdownText.Row(text, "---", "---", "---:", "---:", "---");
        foreach (LimitReport limit in limits)
        {
            MarkdownText.Row(
                text,
                MarkdownText.Code(limit.Subject),
                MarkdownText.Escape(limit.Figure),
                LimitText.Asked(limit),
                LimitText.Found(limit),
                limit.Outcome == LimitOutcome.Passed ? "passed" : $"**{ReportWords.Limits.WordOf(limit.Outcome)}**"
            );
        }
        text.WriteLine();
    }

    public static void WriteSkipped(DataReport data, TextWriter text)
    {
        SkippedFile[] skipped = [.. data.Calibration?.Skipped ?? [], .. data.Evaluation?.Skipped ?? []];
        WriteFolded(
            $"{FigureText.Count(skipped.Length, "file")} skipped",
            ["file", "reason"],
            skipped,
            static file => [MarkdownText.Code(file.File), MarkdownText.Escape(file.Reason)],
            text
        );
    }

    /// <param name="headline">The figure that the floor is one of.</param>
    public static void WriteSteps(FloorReport floor, TaskFigure headline, TextWriter text) =>
        WriteFolded(
            $"{FigureText.Count(floor.Steps.Count, "form")} tried to keep the floor",
            ["form", "nodes given back", headline.Name, "keeps the floor"],
            floor.Steps,
            step =>
                [
                    FloorConverter.Words.WordOf(step.Outcome),
                    step.Nodes.Count == 0 ? "all" : Given(step.Nodes),
                    FigureText.Of(headline.Unit, step.Headline),
                    TaskText.Kept(step),
                ],
            text
        );

    /// <summary>Steps give back ever more of the same nodes: the first ones and their number tell them apart.</summary>
    private static string Given(IReadOnlyList<string> nodes) => ListText.Of(nodes, MostGiven, MarkdownText.Code);

    public static void WriteTried(IReadOnlyList<TriedReport> tried, TextWriter text) =>
        WriteFolded(
            $"{FigureText.Count(tried.Count, "candidate")} tried, {FigureText.Count(tried.Count(one => one.Taken))} taken",
            ["choice", "candidate", "taken", "at the outputs", "before", "samples"],
            tried,
            one =>
                [
                    one.Choice,
                    MarkdownText.Escape(one.Candidate),
                    one.Taken ? "yes" : "no",
                    TriedText.Figure(one),
                    one.BeforeDb is { } before ? FigureText.Decibels(before) : "",
                    one.Samples > 0 ? FigureText.Count(one.Samples) : "",
                ],
            text
        );

    public static void WriteFloatNodes(IReadOnlyList<NodeReport> nodes, TextWriter text)
    {
        NodeReport[] left = [.. nodes.Where(NodeText.IsInFloat)];
        WriteFolded(
            $"{FigureText.Count(left.Length)} of {FigureText.Count(nodes.Count, "node")} left in float",
            ["node", "operator", "reason", "kernel"],
            left,
            static node =>
                [
                    MarkdownText.Code(node.Name),
                    MarkdownText.Code(node.OpType),
                    MarkdownText.Escape(NodeText.Reason(node)),
                    MarkdownText.Code(node.Kernel ?? ""),
                ],
            text
        );
    }

    public static void WriteTensors(IReadOnlyList<TensorReport> tensors, TextWriter text) =>
        WriteFolded(
            $"{FigureText.Count(tensors.Count, "quantized tensor")}",
            ["tensor", "type", "min", "max", "scale", "zero point", "range by", "SQNR"],
            tensors,
            static tensor =>
                [
                    MarkdownText.Code(tensor.Name),
                    tensor.Type,
                    FigureText.Number(tensor.Min),
                    FigureText.Number(tensor.Max),
                    TensorText.Scale(tensor),
                    tensor.ZeroPoint.ToString(),
                    MarkdownText.Escape(tensor.Method),
                    TensorText.Sqnr(tensor),
                ],
            text
        );

    public static void WriteOptions(IReadOnlyDictionary<string, string> options, TextWriter text) =>
        WriteFolded(
            "Options of this run",
            ["option", "value"],
            [.. options.Where(option => option.Value.Length > 0)],
            static option => [MarkdownText.Code("--" + option.Key), MarkdownText.Code(option.Value)],
            text
        );

    public static void WriteTiming(TimingReport timing, TextWriter text) =>
        WriteFolded(
            $"Took {FigureText.Duration(timing.TotalMs)}, {FigureText.Bytes(timing.PeakMemoryBytes)} of memory at its peak",
            ["stage", "time"],
            TimingText.ByClock(timing),
            static stage => [stage.Stage, FigureText.Duration(stage.Milliseconds)],
            text
        );

    private static void WriteFolded<T>(string summary, string[] header, IReadOnlyList<T> rows, Func<T, string[]> cells, TextWriter text)
    {
        if (rows.Count == 0)
            return;
        text.WriteLine($"<details><summary>{summary}</summary>\n");
        MarkdownText.Row(text, header);
        MarkdownText.Row(text, [.. header.Select(_ => "---")]);
        foreach (T row in rows)
            MarkdownText.Row(text, cells(row));
        text.WriteLine("\n</details>\n");
    }
}
