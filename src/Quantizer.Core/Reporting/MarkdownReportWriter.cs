using System.Text;
using Quantizer.Findings;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Markdown;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting;

/// <summary>The report for a CI summary or a pull request: findings and the verdict first, long lists folded away.</summary>
public sealed class MarkdownReportWriter : IReportWriter
{
    /// <summary>The format's name as it is told to users.</summary>
    public string Format => "Markdown";

    /// <summary>Writes the whole report, UTF-8 without a byte order mark, lines ended by a single line feed.</summary>
    /// <param name="report">What a run gave.</param>
    /// <param name="output">Left open.</param>
    public void Write(QuantizationReport report, Stream output)
    {
        using StreamWriter text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        string joint = report.Data.Calibration is null ? "against" : "as INT8:";
        text.WriteLine($"# {MarkdownText.Code(report.Model.Path)} {joint} {MarkdownText.Code(report.Model.Output)}\n");
        foreach (Finding finding in report.Findings.OrderByDescending(finding => finding.Severity))
            MarkdownText.Alert(finding, text);
        if (report.Task is not null)
            MarkdownTaskText.WriteHeadline(report.Task, text);
        MarkdownReportLists.WriteLimits(report.Limits, text);
        WriteFigures(report, text);
        if (report.Task is not null)
            MarkdownTaskText.WriteOthers(report.Task, text);
        if (report.Outputs.Count > 0)
            WriteOutputs(report.Outputs, text);
        WriteData(report, text);
        if (report.Details?.Costs is { } costs)
            WriteCosts(costs, text);
        MarkdownReportLists.WriteTried(report.Tried, text);
        if (report is { Floor: { } floor, Task: { } task })
            MarkdownReportLists.WriteSteps(floor, task.Headline, text);
        MarkdownReportLists.WriteFloatNodes(report.Nodes, text);
        MarkdownReportLists.WriteTensors(report.Tensors, text);
        MarkdownReportLists.WriteOptions(report.Options, text);
        MarkdownReportLists.WriteTiming(report.Timing, text);
        text.WriteLine(
            $"{MarkdownText.Escape(report.Tool.Name)} {MarkdownText.Escape(report.Tool.Version)}, "
                + $"ONNX Runtime {MarkdownText.Escape(report.Tool.OnnxRuntime)}; model sha256 {MarkdownText.Code(report.Model.Sha256)}"
        );
    }

    private static void WriteFigures(QuantizationReport report, StreamWriter text)
    {
        text.WriteLine("| | FP32 | INT8 | change |");
        text.WriteLine("| --- | ---: | ---: | ---: |");
        if (report.Task is not null)
            MarkdownTaskText.WriteAgainstTruth(report.Task, text);
        if (report.Latency is { } latency)
        {
            MarkdownText.Row(
                text,
                $"Latency ({FigureText.Count(latency.Threads, "thread")})",
                FigureText.Duration(latency.Fp32Ms),
                FigureText.Duration(latency.Int8Ms),
                FigureText.Speed(latency.Speedup, latency.Spread)
            );
        }
        SizeReport size = report.Size;
        MarkdownText.Row(
            text,
            "Size",
            FigureText.Bytes(size.Fp32Bytes),
            FigureText.Bytes(size.Int8Bytes, like: size.Fp32Bytes),
            FigureText.SizeChange(size.Fp32Bytes, size.Int8Bytes)
        );
        text.WriteLine();
        text.WriteLine(
            report.Integer is { PercentPlaced: { } placed, PercentInteger: { } integer }
                ? $"Multiply-accumulates placed as integers: **{FigureText.Share(placed)}**; really run as integers by ONNX Runtime: "
                    + $"**{FigureText.Share(integer)}**.\n"
                : "Which share of the multiply-accumulates runs as integers is not known, because the work of some nodes is not.\n"
        );
    }

    private static void WriteOutputs(IReadOnlyList<OutputReport> outputs, StreamWriter text)
    {
        text.WriteLine("| output | SQNR | median sample | worst tenth | cosine |");
        text.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (OutputReport output in outputs)
        {
            WriteOutput(output, MarkdownText.Code(output.Name), text);
            foreach (OutputReport part in output.Parts ?? [])
                WriteOutput(part, $"{MarkdownText.Code(output.Name)}: {MarkdownText.Escape(part.Name)}", text);
        }

        text.WriteLine();
    }

    private static void WriteOutput(OutputReport output, string name, StreamWriter text)
    {
        bool isSpread = FigureText.Spread(output).Length > 0;
        MarkdownText.Row(
            text,
            name,
            FigureText.Sqnr(output) + PreprocessingText.Mark(output.GuessedPreparation),
            isSpread ? FigureText.Decibels(output.MedianDb) : "",
            isSpread ? FigureText.Decibels(output.WorstTenthDb) : "",
            FigureText.Cosine(output)
        );
    }

    private static void WriteData(QuantizationReport report, StreamWriter text)
    {
        text.WriteLine("## Data\n");
        if (report.Data.Calibration is { } calibration)
            text.WriteLine($"- Calibration: {MarkdownText.Escape(DataText.Calibration(calibration))}");
        if (report.BiasCorrection is { } correction)
            text.WriteLine($"- {CorrectionText.TitleOf(correction)}: {MarkdownText.Escape(CorrectionText.Of(correction))}");
        text.WriteLine($"- Evaluation: {MarkdownText.Escape(DataText.Evaluation(report.Data))}");
        if (report.Preprocessing is { } preprocessing)
        {
            text.WriteLine($"- Pictures: {MarkdownText.Escape(PreprocessingText.Settings(preprocessing))}");
            text.WriteLine(
                $"- Chosen by: {MarkdownText.Escape(PreprocessingText.Reason(preprocessing))}; to fix it: "
                    + $"{MarkdownText.Code(preprocessing.Flags)}"
            );
        }
        text.WriteLine();
        MarkdownReportLists.WriteSkipped(report.Data, text);
    }

    private static void WriteCosts(OutputCosts costs, StreamWriter text)
    {
        string advice = CostText.Advice(costs);
        text.WriteLine($"- Weights and activations: {CostText.Split(costs)}{(advice.Length > 0 ? "; " : "")}{MarkdownText.Escape(advice)}");
        if (costs.Layers.Count > 0)
        {
            text.WriteLine(
                $"- Costliest layers at the outputs: {MarkdownText.Escape(CostText.Costliest(costs))} ({CostText.Measured(costs)})"
            );
        }
        text.WriteLine();
    }
}
