using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Comparison.Tasks;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>What a run found out, for a person at a terminal: the figures first, the findings last, where the eye ends.</summary>
internal static class RunSummary
{
    private const int ChangeColumn = 3;

    /// <summary>Stages of a smaller share of the time are in the report.</summary>
    private const double LeastToldShare = 0.05;

    /// <param name="verbose">Also the nodes left in float and the tensors.</param>
    public static void Write(QuantizationReport report, bool verbose, Terminal terminal)
    {
        TextWriter text = terminal.Out;
        string joint = IsComparison(report) ? "against" : "->";
        text.WriteLine(terminal.Ink.Bold(Printable.Line($"{report.Model.Path} {joint} {report.Model.Output}")));
        text.WriteLine();
        if (report.Task is { } task)
        {
            WordWrap.WriteHanging(text, "", TaskText.Headline(task), terminal.Width);
            text.WriteLine();
        }
        WriteFigures(report, terminal);
        text.WriteLine();
        LimitLines.Write(report.Limits, terminal);
        WriteOutputs(report, terminal);
        if (report.Details?.Costs is { } costs)
            WriteCosts(costs, terminal);
        WriteData(report, terminal);
        WriteWork(report.Timing, terminal);
        if (verbose)
        {
            text.WriteLine();
            NodeLines.Write(report.Nodes, named: true, terminal);
            text.WriteLine();
            TensorLines.Write(report.Tensors, terminal);
            if (report.Details is { } details)
                HistogramLines.Write(report.Tensors, details, terminal);
        }
        if (report.Findings.Count > 0)
        {
            text.WriteLine();
            FindingLines.Write(report.Findings, text, terminal.Ink, terminal.Width);
            FindingLines.WriteWhereMoreIs(report.Findings, text);
        }
    }

    /// <summary>Where everything went; the last lines of a run.</summary>
    public static void WriteFiles(QuantizationReport report, IReadOnlyList<string> reports, Terminal terminal)
    {
        IReadOnlyList<string> files = FilesOf(report, reports);
        if (files.Count > 0)
        {
            terminal.Out.WriteLine();
            WordWrap.WriteHanging(terminal.Out, "Wrote ", string.Join(", ", files), terminal.Width);
        }
    }

    /// <summary>All that a run wrote.</summary>
    public static IReadOnlyList<string> FilesOf(QuantizationReport report, IReadOnlyList<string> reports) =>
        IsComparison(report) ? reports : [report.Model.Output, .. reports];

    /// <summary>A comparison makes no model, so it has no calibration data.</summary>
    private static bool IsComparison(QuantizationReport report) => report.Data.Calibration is null;

    private static void WriteFigures(QuantizationReport report, Terminal terminal)
    {
        TextTable table = new(Align.Left, Align.Right, Align.Right, Align.Left);
        table.Add("", "FP32", "INT8");
        foreach (TaskFigure figure in report.Task is { } task ? TaskText.OfBothModels(task) : [])
            AddFigure(table, figure, PreprocessingText.Mark(report.Task!.GuessedPreparation));
        if (report.Latency is { } latency)
        {
            table.Add(
                $"Latency, {FigureText.Count(latency.Threads, "thread")}",
                FigureText.Duration(latency.Fp32Ms),
                FigureText.Duration(latency.Int8Ms),
                FigureText.Speed(latency.Speedup, latency.Spread)
            );
        }
        SizeReport size = report.Size;
        table.Add(
            "Size",
            FigureText.Bytes(size.Fp32Bytes),
            FigureText.Bytes(size.Int8Bytes, like: size.Fp32Bytes),
            FigureText.SizeChange(size.Fp32Bytes, size.Int8Bytes)
        );
        table.Write(terminal.Out, paint: (row, column, cell) => Paint(row, column, cell, terminal.Ink), width: terminal.Width);
    }

    private static void AddFigure(TextTable table, TaskFigure figure, string mark)
    {
        (double fp32, double int8) = (figure.Fp32!.Value, figure.Int8!.Value);
        table.Add(
            figure.Name,
            FigureText.Of(figure.Unit, fp32),
            FigureText.Of(figure.Unit, int8),
            FigureText.Change(figure.Unit, fp32, int8) + mark
        );
    }

    private static string Paint(int row, int column, string cell, Ink ink) =>
        (row, column) switch
        {
            (0, _) => ink.Bold(cell),
            (_, ChangeColumn)
                when cell.Contains("x faster", StringComparison.Ordinal) || cell.EndsWith("smaller", StringComparison.Ordinal) => ink.Green(
                cell
            ),
            (_, ChangeColumn)
                when cell.Contains("x slower", StringComparison.Ordinal) || cell.EndsWith("larger", StringComparison.Ordinal) => ink.Red(
                cell
            ),
            _ => cell,
        };

    private static void WriteOutputs(QuantizationReport report, Terminal terminal)
    {
        if (report.Task is { } task)
        {
            FactLines.Write("Task", TaskText.Kind(task), terminal);
            if (TaskText.Others(task) is { Length: > 0 } others)
                FactLines.Write("", others, terminal);
            if (task.Certainty is { } certainty)
                WriteCertainty(certainty, terminal);
        }
        string heading = report.Outputs.Count > 1 ? "Outputs" : "Output";
        foreach (OutputReport output in report.Outputs)
        {
            FactLines.Write(heading, OutputLine(output, output.Name), terminal);
            foreach (OutputReport part in output.Parts ?? [])
                FactLines.Write("", OutputLine(part, $"its {part.Name}"), terminal);
            heading = "";
        }
        FactLines.Write(
            "Integers",
            report.Integer is { PercentPlaced: { } placed, PercentInteger: { } integer }
                ? $"{FigureText.Share(placed)} of multiply-accumulates placed, {FigureText.Share(integer)} really run"
                : "an unknown share of multiply-accumulates: the work of some nodes is not known",
            terminal
        );
    }

    private static void WriteCertainty(CertaintyReport certainty, Terminal terminal)
    {
        FactLines.Write("Certainty", CertaintyText.Interval(certainty), terminal);
        if (certainty.AgainstTruth is { } changes)
            FactLines.Write("", $"{CertaintyText.Changes(changes)}: {CertaintyText.Verdict(changes)}", terminal);
    }

    private static string OutputLine(OutputReport output, string name)
    {
        string spread = FigureText.Spread(output);
        string cosine = FigureText.Cosine(output);
        return $"{name}: {Ratio(output)}{(spread.Length > 0 ? $" ({spread})" : "")}{(cosine.Length > 0 ? $", cosine {cosine}" : "")}"
            + PreprocessingText.Mark(output.GuessedPreparation);
    }

    private static string Ratio(OutputReport output) =>
        (output is { AllButZero: false, EqualPercent: null, SqnrDb: { } value } && double.IsFinite(value) ? "SQNR " : "")
        + FigureText.Sqnr(output);

    private static void WriteData(QuantizationReport report, Terminal terminal)
    {
        if (report.Data.Calibration is { } calibration)
            FactLines.Write("Calibrated on", DataText.Calibration(calibration), terminal);
        if (report.BiasCorrection is { } correction)
            FactLines.Write(CorrectionText.TitleOf(correction), CorrectionText.Of(correction), terminal);
        FactLines.Write("Measured on", DataText.Evaluation(report.Data), terminal);
        if (report.Preprocessing is { } preprocessing)
        {
            FactLines.Write("Pictures", PreprocessingText.Settings(preprocessing), terminal);
            FactLines.Write("  chosen by", PreprocessingText.Reason(preprocessing), terminal);
            if (preprocessing.Flags.Length > 0)
                FactLines.Write("  to fix it", preprocessing.Flags, terminal);
        }
    }

    private static void WriteCosts(OutputCosts costs, Terminal terminal)
    {
        string advice = CostText.Advice(costs);
        FactLines.Write("Error from", CostText.Split(costs) + (advice.Length > 0 ? $"; {advice}" : ""), terminal);
        if (costs.Layers.Count > 0)
            FactLines.Write("Costliest", Printable.Line($"{CostText.Costliest(costs)} ({CostText.Measured(costs)})"), terminal);
    }

    private static void WriteWork(TimingReport timing, Terminal terminal)
    {
        IEnumerable<string> stages = TimingText
            .ByClock(timing)
            .Where(stage => stage.Milliseconds >= LeastToldShare * timing.TotalMs)
            .Select(stage => $"{char.ToLowerInvariant(stage.Stage[0])}{stage.Stage[1..]} {FigureText.Duration(stage.Milliseconds)}");
        string parts = string.Join(", ", stages);
        FactLines.Write("Took", FigureText.Duration(timing.TotalMs) + (parts.Length > 0 ? $" ({parts})" : ""), terminal);
        FactLines.Write("Peak memory", FigureText.Bytes(timing.PeakMemoryBytes), terminal);
    }
}
