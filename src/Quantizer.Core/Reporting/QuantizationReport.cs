using Quantizer.Findings;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Reporting;

/// <summary>Everything a run found out. Every writer draws from this record; its names are the JSON report's (camel case there).</summary>
public sealed record QuantizationReport
{
    /// <summary>The version of these names; raised when one changes its meaning.</summary>
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required ToolReport Tool { get; init; }
    public required ModelReport Model { get; init; }

    /// <summary>The resolved options by their names on the command line, without the dashes.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Null when the data are arrays, which are fed unchanged.</summary>
    public PreprocessingReport? Preprocessing { get; init; }
    public required DataReport Data { get; init; }

    /// <summary>Null when the first output is no list of class scores.</summary>
    public AccuracyReport? Accuracy { get; init; }
    public required IReadOnlyList<OutputReport> Outputs { get; init; }
    public required LatencyReport Latency { get; init; }
    public required SizeReport Size { get; init; }
    public required IntegerReport Integer { get; init; }
    public required IReadOnlyList<NodeReport> Nodes { get; init; }
    public required IReadOnlyList<TensorReport> Tensors { get; init; }
    public required TimingReport Timing { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <param name="OnnxRuntime">The version that the figures were measured with.</param>
public sealed record ToolReport(string Name, string Version, string OnnxRuntime);

/// <param name="Path">The FP32 model.</param>
/// <param name="Output">The INT8 model; the second file of a comparison.</param>
/// <param name="Parameters">Number of values in constant tensors.</param>
public sealed record ModelReport(string Path, string Output, string Sha256, long Opset, long Parameters);

/// <param name="ChosenBy">What the preparation was chosen by.</param>
/// <param name="Score">Of the winner, in the unit of <paramref name="ChosenBy"/>; null for flags and guesses.</param>
/// <param name="RunnerUp">The second best, with its score.</param>
/// <param name="Flags">The command line that fixes this choice.</param>
public sealed record PreprocessingReport(
    string Preset, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, float Scale, string Channels, string Resize, string Interpolation, string Layout, string Size,
    ChoiceGround ChosenBy, double? Score, string? RunnerUp, double? RunnerUpScore, string Flags);

public sealed record DataReport(CalibrationDataReport? Calibration, EvaluationDataReport Evaluation);

public sealed record CalibrationDataReport(int Samples, IReadOnlyList<SkippedFile> Skipped);

public sealed record SkippedFile(string File, string Reason);

/// <param name="HeldOut">False when the figures are on calibration data.</param>
public sealed record EvaluationDataReport(int Samples, int Labelled, bool HeldOut, IReadOnlyList<SkippedFile> Skipped);

/// <param name="Agreement">Percent of samples with the same top class in both models.</param>
public sealed record AccuracyReport(AccuracyPair? Top1, AccuracyPair? Top5, double Agreement);

/// <summary>Percent.</summary>
public sealed record AccuracyPair(double Fp32, double Int8);

/// <param name="SqnrDb">10 log10(signal / error) over all samples; null when both are identical.</param>
public sealed record OutputReport(string Name, double? SqnrDb, double Cosine);

/// <summary>Medians of interleaved runs of one sample, milliseconds.</summary>
public sealed record LatencyReport(int Threads, double Fp32Ms, double Int8Ms, double Speedup);

public sealed record SizeReport(long Fp32Bytes, long Int8Bytes);

/// <summary>Shares of all multiply-accumulates, percent: meant to run as integers, and really running so.</summary>
public sealed record IntegerReport(double PercentPlaced, double PercentInteger);

/// <param name="Decision">What was decided of it.</param>
/// <param name="Reason">Why, for nodes left in float; empty for int8.</param>
/// <param name="Kernel">The operator that ONNX Runtime's optimized graph holds in its place; null when fused away.</param>
public sealed record NodeReport(string Name, string OpType, NodeDecision Decision, string Reason, string? Kernel);

/// <param name="Min">Smallest value seen.</param>
/// <param name="Max">Largest value seen.</param>
/// <param name="Scale">One value, or one per channel.</param>
/// <param name="Method">The range selector that won, or "weights".</param>
/// <param name="SqnrDb">Expected signal-to-noise ratio of this tensor's own rounding and clipping.</param>
public sealed record TensorReport(string Name, float Min, float Max, IReadOnlyList<float> Scale, int ZeroPoint, string Type, string Method, double? SqnrDb);

public sealed record TimingReport(
    double DecodeMs, double InferenceMs, double StatisticsMs, double RangesMs, double RewriteMs, double VerifyMs, double TotalMs, long PeakMemoryBytes);
