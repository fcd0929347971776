using System.Globalization;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>Networks of every kind with default options, judged by what each is for.</summary>
internal static class NetworkBenchmark
{
    /// <exception cref="ArgumentException">An unknown option, or nothing to run.</exception>
    public static int Run(BenchmarkOptions options)
    {
        if (!SharedFolder.Exists)
            throw new ArgumentException($"The folder of real models '{SharedFolder.Root}' does not exist.");
        NetworkCase[] cases = [.. NetworkCase.All.Where(network => BenchmarkModels.Matches(network.Name, options.Models))];
        if (cases.Length == 0)
            throw new ArgumentException($"No network matches '{options.Models}'.");
        using TemporaryFolder folder = new();
        MarkdownTable table = new(
            "network",
            "task",
            "between FP32 and INT8",
            "against the truth: FP32",
            "INT8",
            "median SQNR",
            "speed-up",
            "of the size",
            "form",
            "seconds",
            "of FP32",
            "best rival"
        );
        int failed = cases.Count(network => !Add(table, network, folder.File($"{network.Name}.int8.onnx")));
        Console.WriteLine(table);
        return failed == 0 ? 0 : 1;
    }

    private static bool Add(MarkdownTable table, NetworkCase network, string output)
    {
        Console.Error.WriteLine(network.Name);
        QuantizationReport report;
        try
        {
            report = QuantizationPipeline.Quantize(network.Options(output), new SilentObserver());
        }
        catch (Exception error) when (error is QuantizationException or UsageException)
        {
            Console.Error.WriteLine(error.Message);
            table.Add(network.Name, "-", "failed", "-", "-", "-", "-", "-", "-", "-", "-", network.Rival);
            return false;
        }
        TaskReport task = report.Task!;
        TaskFigureText truth = TaskFigureText.Of(task);
        table.Add(
            network.Name,
            task.Kind.ToString().ToLowerInvariant(),
            FigureText.Of(task.Headline.Unit, task.Headline.Between),
            truth.Fp32,
            truth.Int8,
            string.Join(", ", report.Outputs.SelectMany(Medians).Take(2)),
            Text($"{report.Latency!.Speedup:0.00}x ±{report.Latency.Spread:0.00}"),
            Text($"{(double)report.Size.Int8Bytes / report.Size.Fp32Bytes:0.00}"),
            FormOf(report),
            Text($"{report.Timing.TotalMs / 1000:0.0}"),
            Text($"{TimesInference(report):0.0}x"),
            network.Rival
        );
        IEnumerable<string> stages = TimingText
            .ByClock(report.Timing)
            .Where(stage => stage.Milliseconds >= 50)
            .Select(stage => Text($"{stage.Stage} {stage.Milliseconds / 1000:0.0}"));
        Console.Error.WriteLine($"  seconds: {string.Join(", ", stages)}");
        return true;
    }

    /// <summary>How often FP32 could have run all samples, on all cores, in the time of the run but for two seconds.</summary>
    private static double TimesInference(QuantizationReport report)
    {
        const double Starting = 2000;
        int samples =
            (report.Data?.Calibration?.Samples ?? 0) + (report.Data?.Evaluation is { HeldOut: true } heldOut ? heldOut.Samples : 0);
        double inference = samples * report.Latency!.Fp32Ms / Environment.ProcessorCount;
        return Math.Max(0, report.Timing.TotalMs - Starting) / inference;
    }

    private static IEnumerable<string> Medians(OutputReport output) =>
        output.Parts is { Count: > 0 } parts ? parts.SelectMany(Medians) : [FigureText.Decibels(output.MedianDb)];

    /// <summary>The forms that hold most of the nodes with weights, the most frequent first.</summary>
    private static string FormOf(QuantizationReport report)
    {
        string[] forms =
        [
            .. report
                .Nodes.Where(node =>
                    node.Decision != NodeDecision.Float && node.OpType is "Conv" or "MatMul" or "Gemm" or "LSTM" or "Gather"
                )
                .GroupBy(node => node.Decision == NodeDecision.Int8 ? "static" : node.Decision.ToString().ToLowerInvariant())
                .OrderByDescending(form => form.Count())
                .Select(form => form.Key),
        ];
        return forms.Length == 0 ? "float" : string.Join(", ", forms);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How well both do where the right answers are known.</summary>
    private sealed record TaskFigureText(string Fp32, string Int8)
    {
        public static TaskFigureText Of(TaskReport task) =>
            task.Figures.FirstOrDefault(figure => figure is { Fp32: not null, Int8: not null, Unit: not Comparison.Tasks.FigureUnit.Count })
                is { } figure
                ? new(FigureText.Of(figure.Unit, figure.Fp32), FigureText.Of(figure.Unit, figure.Int8))
                : new("-", "-");
    }
}
