using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline.Data;
using Quantizer.Reporting;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>
/// INT8 against the user's FP32 file and against the same network normalized, which ONNX Runtime may run faster; then against
/// each file of another tool, pair by pair. One thread, one sample, interleaved runs in one process.
/// </summary>
internal sealed class SpeedBenchmark(BenchmarkOptions options, string folder)
{
    /// <summary>Ratios of equally fast files differ from 1 by up to this.</summary>
    private const double Noise = 0.02;

    private readonly MarkdownTable _table = new(
        "model",
        "FP32 file ms",
        "FP32 ms",
        "INT8 ms",
        "against file",
        "against FP32",
        "integer MACs %",
        "fastest rival",
        "against rival"
    );
    private readonly List<string> _missed = [];

    public static int Run(BenchmarkOptions options)
    {
        using TemporaryFolder folder = new();
        return new SpeedBenchmark(options, folder.Path).Run();
    }

    private int Run()
    {
        BenchmarkModel[] models = [.. BenchmarkModels.Real(options.Models), .. SeededModels.Write(folder, options.Models)];
        if (models.Length == 0)
            throw new ArgumentException($"No model matches '{options.Models}'.");
        foreach (BenchmarkModel model in models)
        {
            Console.Error.WriteLine(model.Name);
            Measure(model);
        }
        Console.WriteLine(_table);
        Console.WriteLine(
            "Median (minimum) of interleaved runs, one thread; FP32 is the normalized network; MACs are multiply-accumulates. Ratios are "
                + "of minima; above 1x our INT8 file is faster."
        );
        foreach (string missed in _missed)
            Console.WriteLine($"* {missed}");
        return _missed.Count == 0 ? 0 : 1;
    }

    private void Measure(BenchmarkModel model)
    {
        string output = Path.Combine(folder, $"{model.Name}.int8.onnx");
        // Judging the accuracy would only take time here.
        QuantizationReport report = (model with { EvaluationPath = null }).Quantize(output);
        using OnnxModel source = OnnxFile.Read(model.Path);
        using InferenceModel file = InferenceModel.Load(model.Path),
            normalized = InferenceModel.Load(ModelNormalizer.Normalize(source).Model),
            int8 = InferenceModel.Load(output);
        using DataSet data = new DataOpening(source, file, model.Path, model.Pictures, new InputOptions(), threads: 1).Open(
            [model.CalibrationPath],
            null,
            count: 1,
            seed: 0,
            CancellationToken.None
        );
        IReadOnlyDictionary<string, TensorValue> inputs = data.Samples.Load(0).Inputs;

        LatencyResult[] times = Least([file, normalized, int8], inputs);
        double againstFile = Ratio(times[0], times[2]),
            againstFp32 = Ratio(times[1], times[2]);
        (string Tool, double Ratio)[] rivals =
        [
            .. Rival.Of(model).Select(rival => (rival.Tool, HeadToHead(rival.Path, int8, inputs))).OrderBy(rival => rival.Item2),
        ];
        _table.Add(
            model.Name,
            Cell(times[0]),
            Cell(times[1]),
            Cell(times[2]),
            $"{againstFile:0.00}x",
            $"{againstFp32:0.00}x",
            $"{report.Integer.PercentInteger:0.0}",
            rivals is [var fastest, ..] ? fastest.Tool : "",
            rivals is [var first, ..] ? $"{first.Ratio:0.00}x" : ""
        );

        if (againstFile < model.Goals.Speedup)
            _missed.Add($"{model.Name}: {againstFile:0.00}x against the file; the goal is {model.Goals.Speedup:0.00}x.");
        if (againstFp32 < 1)
            _missed.Add($"{model.Name}: INT8 is slower than the normalized FP32 network ({againstFp32:0.00}x).");
        foreach ((string tool, double ratio) in rivals.Where(rival => rival.Ratio < 1 - Noise))
            _missed.Add($"{model.Name}: {tool}'s file is faster ({ratio:0.00}x).");
    }

    /// <summary>The rival's time over ours.</summary>
    private double HeadToHead(string path, InferenceModel ours, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        using InferenceModel rival = InferenceModel.Load(path);
        LatencyResult[] times = Least([ours, rival], inputs);
        return Ratio(times[1], times[0]);
    }

    /// <summary>Per model the runs of all rounds.</summary>
    private LatencyResult[] Least(IReadOnlyList<InferenceModel> models, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        IReadOnlyList<LatencyResult>[] rounds =
        [
            .. Enumerable.Range(0, options.Rounds).Select(_ => LatencyMeasurement.Measure(models, inputs)),
        ];
        return [.. models.Select((_, model) => new LatencyResult([.. rounds.SelectMany(round => round[model].Milliseconds)]))];
    }

    /// <summary>Of minima: on a busy machine they still repeat within a few percent, where medians do not.</summary>
    private static double Ratio(LatencyResult other, LatencyResult ours) => other.MinimumMilliseconds / ours.MinimumMilliseconds;

    private static string Cell(LatencyResult time) => $"{time.MedianMilliseconds:0.000} ({time.MinimumMilliseconds:0.000})";
}
