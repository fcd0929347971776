using System.Globalization;
using System.Security.Cryptography;
using Quantizer.Calibration.Statistics;
using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>The parts of a report that a quantization and a comparison of two files have in common.</summary>
internal static class ReportParts
{
    public static ToolReport Tool { get; } = new(ToolVersion.Name, ToolVersion.Text, InferenceModel.RuntimeVersion);

    public static ModelReport Model(OnnxModel model, string path, string output)
    {
        using FileStream file = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return new ModelReport(path, output, hash, model.Opset, Parameters(model));
    }

    /// <summary>Values in initializers and Constant nodes, those in subgraphs included.</summary>
    public static long Parameters(OnnxModel model) => Parameters(model.Graph);

    public static PreprocessingReport Preprocessing(PreparationChoice choice)
    {
        PicturePreparation preparation = choice.Preparation;
        return new PreprocessingReport(
            choice.Preset,
            preparation.Mean,
            preparation.Std,
            preparation.Scale,
            PictureWords.Of(preparation.Channels),
            PictureWords.Of(preparation.Geometry.Resize),
            PictureWords.Of(preparation.Geometry.Interpolation),
            PictureWords.Of(preparation.Layout),
            preparation.Geometry.SizeText,
            choice.ChosenBy,
            choice.Score,
            choice.RunnerUp,
            choice.RunnerUpScore,
            choice.Flags,
            choice.IsGuess
        );
    }

    public static EvaluationDataReport Evaluation(ComparisonResult result, DataSet data, bool heldOut) =>
        new(result.Samples, result.Classification?.Labelled ?? 0, heldOut, Skipped(data.Skipped));

    public static AccuracyReport? Accuracy(ComparisonResult result, PreparationChoice? preparation)
    {
        if (result.Classification is not { } classes)
            return null;
        AccuracyPair? Pair(int reference, int other) =>
            classes.Labelled == 0 ? null : new AccuracyPair(100.0 * reference / classes.Labelled, 100.0 * other / classes.Labelled);
        bool hasTop5 = classes.Classes > ClassScores.Top;
        return new AccuracyReport(
            Pair(classes.ReferenceTop1, classes.OtherTop1),
            hasTop5 ? Pair(classes.ReferenceTop5, classes.OtherTop5) : null,
            100.0 * classes.Agreeing / result.Samples,
            preparation is { IsGuess: true }
        );
    }

    public static IReadOnlyList<OutputReport> Outputs(ComparisonResult result, PreparationChoice? preparation) =>
        [
            .. result.Outputs.Select(output => new OutputReport(
                output.Name,
                Finite(output.SqnrDb),
                output.Cosine,
                output.IsAllButZero && output.SqnrDb < double.PositiveInfinity,
                preparation is { IsGuess: true }
            )),
        ];

    /// <summary>The least times of one measurement, one thread.</summary>
    public static LatencyReport Latency(LatencyResult fp32, LatencyResult int8)
    {
        SpeedRatio ratio = SpeedRatio.Of(fp32, int8);
        return new LatencyReport(1, fp32.MinimumMilliseconds, int8.MinimumMilliseconds, ratio.Speedup, ratio.Spread);
    }

    public static IReadOnlyList<SkippedFile> Skipped(IEnumerable<SkippedSample> samples) =>
        [.. samples.Select(sample => new SkippedFile(sample.Name, sample.Reason))];

    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A model file with the external data that lies beside it under its name.</summary>
    public static long BytesOf(string path) =>
        new FileInfo(path).Length + (File.Exists(path + ".data") ? new FileInfo(path + ".data").Length : 0);

    public static IReadOnlyDictionary<string, string> Options(QuantizationOptions options, string output) =>
        new Dictionary<string, string>
        {
            ["calib"] = options.CalibrationPath,
            ["eval"] = options.EvaluationPath ?? "",
            ["labels"] = options.LabelsPath ?? "",
            ["output"] = output,
            ["samples"] = options.Samples.ToString(CultureInfo.InvariantCulture),
            ["eval-samples"] = options.EvaluationSamples.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["method"] = options.Method.Word,
            ["statistics"] = StatisticsWords.Modes.WordOf(options.Statistics),
            ["weights"] = WeightWords.Granularities.WordOf(options.WeightGranularity),
            ["weight-ranges"] = WeightWords.Ranges.WordOf(options.WeightRanges),
            ["target"] = options.Target.Name,
            ["include"] = string.Join(' ', options.Include),
            ["exclude"] = string.Join(' ', options.Exclude),
            ["exclude-op"] = string.Join(' ', options.ExcludeOpTypes),
            ["threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
            ["batch"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
        };

    private static long Parameters(Graph graph) =>
        graph.Initializers.Sum(tensor => tensor.ElementCount)
        + graph.Nodes.Sum(node =>
            node.Attributes.Sum(attribute => attribute.Value is AttributeValue.OfTensor constant ? constant.Value.ElementCount : 0)
            + node.Subgraphs.Sum(Parameters)
        );
}
