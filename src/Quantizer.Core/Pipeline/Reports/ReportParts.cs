using System.Globalization;
using Quantizer.Calibration.Statistics;
using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Samples;

namespace Quantizer.Pipeline.Reports;

/// <summary>The parts of a report that a quantization and a comparison of two files have in common.</summary>
internal static class ReportParts
{
    public static ToolReport Tool { get; } = new(ToolVersion.Name, ToolVersion.Text, InferenceModel.RuntimeVersion);

    public static ModelReport Model(OnnxModel model, string path, string output) =>
        new ModelReport(path, output, FileHash.Of(path), model.Opset, Parameters(model));

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
        new(result.Samples, result.Task.Figures.Labelled, heldOut, Skipped(data.Skipped));

    public static TaskReport Task(ComparisonResult result, PreparationChoice? preparation) =>
        new(
            result.Task.Kind,
            result.Task.Why,
            result.Task.Figures.Headline,
            result.Task.Floor,
            result.Task.MeetsFloor,
            result.Task.Figures.Others,
            preparation is { IsGuess: true }
        )
        {
            Missed = result.Task.Missed,
            Certainty = CertaintyOf(result.Task.Figures.Answers),
        };

    /// <summary>Null where samples have no single answers, or there are none.</summary>
    public static CertaintyReport? CertaintyOf(PairedAnswers? answers)
    {
        if (answers is not { Samples: > 0 })
            return null;
        (double low, double high) = Certainty.Interval(answers.Agreeing, answers.Samples);
        return new CertaintyReport(answers.Samples, low, high)
        {
            AgainstTruth =
                answers.Labelled == 0
                    ? null
                    : new AnswerChangesReport(
                        answers.Labelled,
                        answers.RightToWrong,
                        answers.WrongToRight,
                        answers.WrongToWrong,
                        Certainty.ChanceOf(answers.RightToWrong, answers.WrongToRight)
                    ),
        };
    }

    public static IReadOnlyList<OutputReport> Outputs(ComparisonResult result, PreparationChoice? preparation) =>
        [.. result.Outputs.Select(output => Output(output, preparation is { IsGuess: true }))];

    private static OutputReport Output(OutputDifference output, bool isGuess) =>
        new(
            output.Name,
            Ratio(output.SqnrDb),
            output.Cosine,
            output.IsAllButZero && output.SqnrDb < double.PositiveInfinity,
            isGuess,
            Ratio(output.MedianDb),
            Ratio(output.WorstTenthDb),
            [.. output.Parts.Select(part => Output(part, isGuess))]
        )
        {
            EqualPercent = output.EqualPercent,
        };

    /// <summary>Null where there is no error; what is no number stays none.</summary>
    private static double? Ratio(double decibels) => double.IsPositiveInfinity(decibels) ? null : decibels;

    public static NodeDecision Decision(NodeForm form) =>
        form switch
        {
            NodeForm.Static => NodeDecision.Int8,
            NodeForm.Dynamic => NodeDecision.Dynamic,
            NodeForm.Stored => NodeDecision.Stored,
            _ => NodeDecision.Float,
        };

    /// <param name="kernel">What runs for it; null: fused away, or not looked at.</param>
    public static NodeReport Node(NodePlacement placement, string? kernel) =>
        new(placement.Node, placement.OpType, Decision(placement.Form), placement.Reason, kernel)
        {
            StoredAs =
                placement.Form != NodeForm.Stored ? null
                : placement.HasBlocks ? "int4"
                : "int8",
        };

    /// <summary>The fair reference is the faster of the user's file and the cleaned graph.</summary>
    /// <param name="latency">Of both, in this order, and others behind them.</param>
    public static LatencyResult Reference(IReadOnlyList<LatencyResult> latency) =>
        latency[0].MinimumMilliseconds < latency[1].MinimumMilliseconds ? latency[0] : latency[1];

    public static IReadOnlyList<StageTimeReport> Stages(StageRunner stages) =>
        [.. stages.Shown.Select(stage => new StageTimeReport(stage.Stage.Title, stage.Milliseconds))];

    /// <summary>The least times of one measurement, one thread.</summary>
    public static LatencyReport Latency(LatencyResult fp32, LatencyResult int8)
    {
        SpeedRatio ratio = SpeedRatio.Of(fp32, int8);
        return new LatencyReport(1, fp32.MinimumMilliseconds, int8.MinimumMilliseconds, ratio.Speedup, ratio.Spread);
    }

    public static IReadOnlyList<SkippedFile> Skipped(IEnumerable<SkippedSample> samples) =>
        [.. samples.Select(sample => new SkippedFile(sample.Name, sample.Reason))];

    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The files that the model was read from: its own, and each of its external data.</summary>
    public static long BytesOf(OnnxModel model) => model.Files.Sum(LengthOf);

    /// <inheritdoc cref="BytesOf(OnnxModel)"/>
    /// <exception cref="ModelFormatException">The file is no readable model.</exception>
    public static long BytesOf(string path)
    {
        using OnnxModel model = OnnxFile.Read(path);
        return BytesOf(model);
    }

    /// <summary>Of what a link leads to, as caches of downloaded models hold them, not of the link.</summary>
    private static long LengthOf(string path)
    {
        FileInfo file = new(path);
        return ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length;
    }

    /// <param name="output">The file that was written.</param>
    /// <param name="preparation">How pictures were prepared; null: there were none.</param>
    public static IReadOnlyDictionary<string, string> Options(
        QuantizationOptions options,
        string output,
        PreparationChoice? preparation = null
    ) =>
        new Dictionary<string, string>([
            .. Inputs(options.Inputs),
            .. Options(options.Judging),
            .. PreparationOptions.Of(options.Pictures, preparation),
        ])
        {
            ["calib"] = OptionWords.Join(options.CalibrationPaths),
            ["random"] = options.RandomSamples?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["eval"] = OptionWords.Join(options.EvaluationPaths),
            ["labels"] = options.LabelsPath ?? "",
            ["output"] = output,
            ["samples"] = options.Samples.ToString(CultureInfo.InvariantCulture),
            ["eval-samples"] = options.EvaluationSamples.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["activations"] = ActivationWords.Modes.WordOf(options.Activations),
            ["weights-only"] = options.WeightsOnly is { } storage ? StorageWords.Types.WordOf(storage) : "",
            ["slow-integers"] = SlowIntegersWords.Words.WordOf(options.SlowIntegers),
            ["no-floor"] = options.KeepsFloor ? "false" : "true",
            ["floor-seconds"] = options.FloorTime.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["method"] = options.Method.Word,
            ["statistics"] = StatisticsWords.Modes.WordOf(options.Statistics),
            ["weights"] = WeightWords.Granularities.WordOf(options.WeightGranularity),
            ["weight-ranges"] = WeightWords.Ranges.WordOf(options.WeightRanges),
            ["bias-correction"] = CorrectionWords.Modes.WordOf(options.BiasCorrection),
            ["channel-scales"] = ChannelScalingWords.Modes.WordOf(options.ChannelScaling),
            ["target"] = options.Target.Name,
            ["standard-only"] = options.StandardOnly ? "true" : "false",
            ["include"] = OptionWords.Join(options.Include),
            ["exclude"] = OptionWords.Join(options.Exclude),
            ["exclude-op"] = OptionWords.Join(options.ExcludeOpTypes),
            ["threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
            ["batch"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
        };

    public static IReadOnlyDictionary<string, string> Options(TaskOptions options) =>
        new Dictionary<string, string>
        {
            ["task"] = options.Task is { } task ? TaskTable.Words.WordOf(task) : "",
            ["boxes"] = options.BoxesPath ?? "",
            ["masks"] = options.MasksPath ?? "",
            ["targets"] = options.TargetsPath ?? "",
            ["characters"] = options.CharactersPath ?? "",
            ["conf"] = options.Confidence?.ToString(CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>What was said of inputs; what was not is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Inputs(InputOptions options)
    {
        if (options.Constants.Count > 0)
            yield return new("input", OptionWords.Join(options.Constants.Select(input => $"{input.Key}={NumbersOf(input.Value)}")));
        if (options.Feedback.Count > 0)
            yield return new("feedback", OptionWords.Join(options.Feedback.Select(state => $"{state.Value}={state.Key}")));
        if (options.Mask is { } mask)
            yield return new("mask", mask);
        if (options.TokenizerPath is { } tokenizer)
            yield return new("tokenizer", tokenizer);
        if (options.Frame is { } frame)
            yield return new("frame", frame.ToString(CultureInfo.InvariantCulture));
        if (options.Hop is { } hop)
            yield return new("hop", hop.ToString(CultureInfo.InvariantCulture));
        if (options.RawType is { } type)
            yield return new("raw-type", NumPyName(type));
        if (options.RawShape is { } shape)
            yield return new("raw-shape", string.Join(',', shape));
    }

    /// <summary>As the command line calls the values of files without a header.</summary>
    private static string NumPyName(ElementType type) =>
        type switch
        {
            ElementType.Float => "float32",
            ElementType.Double => "float64",
            _ => type.ToString().ToLowerInvariant(),
        };

    private static string NumbersOf(IReadOnlyList<double> values) =>
        string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static long Parameters(Graph graph) =>
        graph.Initializers.Sum(tensor => tensor.ElementCount)
        + graph.Nodes.Sum(node =>
            node.Attributes.Sum(attribute => attribute.Value is AttributeValue.OfTensor constant ? constant.Value.ElementCount : 0)
            + node.Subgraphs.Sum(Parameters)
        );
}
