using System.Text.Json;
using Quantizer.Reporting.Markdown;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Benches;

/// <summary>Measured speeds as JSON and as Markdown, lines ended by a single line feed.</summary>
internal static class BenchWriters
{
    /// <summary>The record's names in camel case, without a last line feed.</summary>
    public static string ToJson(BenchReport bench) => JsonSerializer.Serialize(bench, ReportJson.Default.BenchReport);

    public static string ToMarkdown(BenchReport bench)
    {
        using StringWriter text = new() { NewLine = "\n" };
        text.WriteLine($"# Speed of {string.Join(" and ", bench.Models.Select(model => MarkdownText.Code(model.Path)))}\n");
        text.WriteLine("| threads | batch | model | median | minimum | samples/s | |");
        text.WriteLine("| ---: | ---: | --- | ---: | ---: | ---: | --- |");
        foreach (BenchCell cell in bench.Cells)
            WriteCell(cell, bench.Models, text);
        text.WriteLine($"\nFed with {MarkdownText.Escape(bench.Inputs)}.\n");
        foreach (string note in bench.Notes)
            text.WriteLine($"> [!NOTE]\n> {MarkdownText.Escape(note)}\n");
        foreach (BenchProfile profile in bench.Profiles)
            WriteProfile(profile, text);
        text.WriteLine(
            $"{MarkdownText.Escape(bench.Tool.Name)} {MarkdownText.Escape(bench.Tool.Version)}, ONNX Runtime {MarkdownText.Escape(bench.Tool.OnnxRuntime)}"
        );
        return text.ToString();
    }

    private static void WriteCell(BenchCell cell, IReadOnlyList<BenchModel> models, StringWriter text)
    {
        for (int i = 0; i < models.Count; i++)
        {
            BenchTimes times = cell.Times[i];
            MarkdownText.Row(
                text,
                FigureText.Count(cell.Threads),
                FigureText.Count(cell.Batch),
                MarkdownText.Code(Path.GetFileName(models[i].Path)),
                FigureText.Duration(times.MedianMs),
                FigureText.Duration(times.MinimumMs),
                BenchText.PerSecond(times),
                i > 0 && cell.Ratio is { } ratio ? BenchText.Ratio(ratio) : ""
            );
        }
    }

    private static void WriteProfile(BenchProfile profile, StringWriter text)
    {
        text.WriteLine($"## {MarkdownText.Code(profile.Path)} by operator\n");
        text.WriteLine("| operator | nodes | ms | share |");
        text.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (KernelTime kernel in profile.Kernels)
        {
            MarkdownText.Row(
                text,
                MarkdownText.Escape(kernel.Operator),
                FigureText.Count(kernel.Nodes),
                FigureText.Duration(kernel.Milliseconds),
                FigureText.Percent(kernel.Percent)
            );
        }

        text.WriteLine();
    }
}
