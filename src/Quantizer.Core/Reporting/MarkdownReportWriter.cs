using System.Text;
using Quantizer.Findings;

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
        WriteFindings(report.Findings, text);
        WriteFigures(report, text);
        WriteOutputs(report.Outputs, text);
        WriteData(report, text);
        MarkdownReportLists.WriteFloatNodes(report.Nodes, text);
        MarkdownReportLists.WriteTensors(report.Tensors, text);
        MarkdownReportLists.WriteOptions(report.Options, text);
        MarkdownReportLists.WriteTiming(report.Timing, text);
        text.WriteLine(
            $"{MarkdownText.Escape(report.Tool.Name)} {MarkdownText.Escape(report.Tool.Version)}, "
                + $"ONNX Runtime {MarkdownText.Escape(report.Tool.OnnxRuntime)}; model sha256 {MarkdownText.Code(report.Model.Sha256)}"
        );
    }

    private static void WriteFindings(IReadOnlyList<Finding> findings, StreamWriter text)
    {
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            string alert = finding.Severity switch
            {
                FindingSeverity.Error => "CAUTION",
                FindingSeverity.Warning => "WARNING",
                _ => "NOTE",
            };
            text.WriteLine($"> [!{alert}]");
            string subject = finding.Subject.Length == 0 ? "" : $"**{MarkdownText.Escape(finding.Subject)}**: ";
            text.WriteLine($"> {subject}{MarkdownText.Escape(finding.Message)}");
            if (finding.Remedy.Length > 0)
                text.WriteLine($"> {MarkdownText.Escape(finding.Remedy)}");
            text.WriteLine();
        }
    }

    private static void WriteFigures(QuantizationReport report, StreamWriter text)
    {
        text.WriteLine("| | FP32 | INT8 | change |");
        text.WriteLine("| --- | ---: | ---: | ---: |");
        WriteAccuracy("Top-1 accuracy", report.Accuracy?.Top1, report.Accuracy, text);
        WriteAccuracy("Top-5 accuracy", report.Accuracy?.Top5, report.Accuracy, text);
        LatencyReport latency = report.Latency;
        MarkdownText.Row(
            text,
            $"Latency ({FigureText.Count(latency.Threads, "thread")})",
            FigureText.Duration(latency.Fp32Ms),
            FigureText.Duration(latency.Int8Ms),
            FigureText.Speed(latency.Speedup, latency.Spread)
        );
        SizeReport size = report.Size;
        MarkdownText.Row(
            text,
            "Size",
            FigureText.Bytes(size.Fp32Bytes),
            FigureText.Bytes(size.Int8Bytes, like: size.Fp32Bytes),
            FigureText.SizeChange(size.Fp32Bytes, size.Int8Bytes)
        );
        text.WriteLine();
        if (report.Accuracy is { } accuracy)
        {
            text.WriteLine(
                $"Same top class from both: **{FigureText.Percent(accuracy.Agreement)}** of "
                    + $"{FigureText.Count(report.Data.Evaluation.Samples, "sample")}{PreprocessingText.Mark(accuracy.GuessedPreparation)}.\n"
            );
        }

        text.WriteLine(
            report.Integer is { PercentPlaced: { } placed, PercentInteger: { } integer }
                ? $"Multiply-accumulates placed as integers: **{FigureText.Share(placed)}**; really run as integers by ONNX Runtime: "
                    + $"**{FigureText.Share(integer)}**.\n"
                : "Which share of the multiply-accumulates runs as integers is not known, because the work of some nodes is not.\n"
        );
    }

    private static void WriteAccuracy(string name, AccuracyPair? pair, AccuracyReport? accuracy, StreamWriter text)
    {
        if (pair is not null)
        {
            string mark = PreprocessingText.Mark(accuracy is { GuessedPreparation: true });
            MarkdownText.Row(
                text,
                name,
                FigureText.Percent(pair.Fp32),
                FigureText.Percent(pair.Int8),
                FigureText.Points(pair.Int8 - pair.Fp32) + mark
            );
        }
    }

    private static void WriteOutputs(IReadOnlyList<OutputReport> outputs, StreamWriter text)
    {
        text.WriteLine("| output | SQNR | cosine |");
        text.WriteLine("| --- | ---: | ---: |");
        foreach (OutputReport output in outputs)
        {
            MarkdownText.Row(
                text,
                MarkdownText.Code(output.Name),
                FigureText.Sqnr(output) + PreprocessingText.Mark(output.GuessedPreparation),
                FigureText.Cosine(output.Cosine)
            );
        }

        text.WriteLine();
    }

    private static void WriteData(QuantizationReport report, StreamWriter text)
    {
        text.WriteLine("## Data\n");
        if (report.Data.Calibration is { } calibration)
            text.WriteLine($"- Calibration: {MarkdownText.Escape(DataText.Calibration(calibration))}");
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
}
