using System.Text.Json.Serialization;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Findings;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting.Details;

namespace Quantizer.Reporting;

/// <summary>Everything a run found out. Every writer draws from this record; its names are the JSON report's (camel case there).</summary>
public sealed record QuantizationReport
{
    /// <summary>The version of these names; raised when one changes its meaning.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of this report's names.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>What made the report.</summary>
    public required ToolReport Tool { get; init; }

    /// <summary>The model files.</summary>
    public required ModelReport Model { get; init; }

    /// <summary>The resolved options by their names on the command line, without the dashes.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Null when the data are arrays, which are fed unchanged.</summary>
    public PreprocessingReport? Preprocessing { get; init; }

    /// <summary>The samples that the figures stand on.</summary>
    public required DataReport Data { get; init; }

    /// <summary>What the models were judged by, and how well INT8 does; null where there were no data to judge on.</summary>
    public required TaskReport? Task { get; init; }

    /// <summary>What was done because the network fell below its task's floor in integers; null where it did not.</summary>
    public FloorReport? Floor { get; init; }

    /// <summary>The nodes that were given back to float because they are faster so; null where there are none.</summary>
    public SlowNodesReport? SlowNodes { get; init; }

    /// <summary>The candidates that were judged on the way, in this order; none in comparisons.</summary>
    public IReadOnlyList<TriedReport> Tried
    {
        get;
        // Reports of older versions have none.
        init => field = value ?? [];
    } = [];

    /// <summary>The limits that were asked for, with what became of them.</summary>
    public IReadOnlyList<LimitReport> Limits
    {
        get;
        // Reports of older versions have none.
        init => field = value ?? [];
    } = [];

    /// <summary>The figures of <see cref="Task"/> in the words that classifiers have; null for any other task.</summary>
    public AccuracyReport? Accuracy => Task is null ? null : AccuracyReport.Of(Task);

    /// <summary>How far each output of the two models differs; none where there were no data to judge on.</summary>
    public required IReadOnlyList<OutputReport> Outputs { get; init; }

    /// <summary>The speed of both models; null where it could not be measured, for want of data.</summary>
    public required LatencyReport? Latency { get; init; }

    /// <summary>The size of both files.</summary>
    public required SizeReport Size { get; init; }

    /// <summary>How much of the work runs as integers.</summary>
    public required IntegerReport Integer { get; init; }

    /// <summary>Scales that were moved between layers; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChannelScalesReport? ChannelScales { get; init; }

    /// <summary>Every node, with what was decided and which kernel runs.</summary>
    public required IReadOnlyList<NodeReport> Nodes { get; init; }

    /// <summary>Every quantized tensor, with its numbers.</summary>
    public required IReadOnlyList<TensorReport> Tensors { get; init; }

    /// <summary>What became of correcting biases; null where there were none to correct.</summary>
    public BiasCorrectionReport? BiasCorrection { get; init; }

    /// <summary>Where the time went.</summary>
    public required TimingReport Timing { get; init; }

    /// <summary>What the user should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What it takes to make the same file again; null in reports of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestReport? Manifest { get; init; }

    /// <summary>What lies behind the figures; null where it was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportDetails? Details { get; init; }
}

/// <summary>What made the report.</summary>
/// <param name="Name">"quantize".</param>
/// <param name="Version">Of this library.</param>
/// <param name="OnnxRuntime">The version that the figures were measured with.</param>
public sealed record ToolReport(string Name, string Version, string OnnxRuntime);

/// <summary>The model files.</summary>
/// <param name="Path">The FP32 model.</param>
/// <param name="Output">The INT8 model; the second file of a comparison.</param>
/// <param name="Sha256">Of the FP32 file, in hexadecimal digits.</param>
/// <param name="Opset">The version of the FP32 model's standard operators.</param>
/// <param name="Parameters">Number of values in constant tensors.</param>
public sealed record ModelReport(string Path, string Output, string Sha256, long Opset, long Parameters);

/// <summary>How pictures were prepared, and why so.</summary>
/// <param name="Preset">The preset's name, or "custom".</param>
/// <param name="Mean">Subtracted per channel, in the model's order, after scaling.</param>
/// <param name="Std">Divided by per channel.</param>
/// <param name="Scale">Multiplies the bytes 0..255 first.</param>
/// <param name="Channels">"rgb", "bgr" or "gray".</param>
/// <param name="Resize">"stretch", "crop" or "letterbox".</param>
/// <param name="Interpolation">Whose resizing was reproduced.</param>
/// <param name="Layout">"nchw" or "nhwc".</param>
/// <param name="Size">Width and height: "224x224".</param>
/// <param name="ChosenBy">What the preparation was chosen by.</param>
/// <param name="Score">Of the winner, in the unit of <paramref name="ChosenBy"/>; null for flags and guesses.</param>
/// <param name="RunnerUp">The second best; null when there was none.</param>
/// <param name="RunnerUpScore">Its score.</param>
/// <param name="Flags">The command line that fixes this choice.</param>
/// <param name="Guessed">Nothing told how pictures are prepared: figures measured with it prove nothing.</param>
public sealed record PreprocessingReport(
    string Preset,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Std,
    float Scale,
    string Channels,
    string Resize,
    string Interpolation,
    string Layout,
    string Size,
    ChoiceGround ChosenBy,
    double? Score,
    string? RunnerUp,
    double? RunnerUpScore,
    string Flags,
    bool Guessed = false
);

/// <summary>How often both classifiers are right, and how often they agree.</summary>
/// <param name="Top1">The right class comes first; null without labels.</param>
/// <param name="Top5">The right class is among the first five; null without labels or with five classes or fewer.</param>
/// <param name="Agreement">Percent of samples with the same top class in both models.</param>
/// <param name="GuessedPreparation">The pictures were prepared by a guess, so that these figures prove nothing.</param>
public sealed record AccuracyReport(AccuracyPair? Top1, AccuracyPair? Top5, double Agreement, bool GuessedPreparation = false)
{
    internal static AccuracyReport? Of(TaskReport task)
    {
        AccuracyPair? Pair(string name) =>
            task.Figures.FirstOrDefault(figure => figure.Name == name) is { Fp32: { } fp32, Int8: { } int8 }
                ? new AccuracyPair(fp32, int8)
                : null;
        return task.Kind == TaskKind.Classes
            ? new AccuracyReport(
                Pair(ClassesTask.Top1),
                Pair(ClassesTask.Top5),
                task.Headline.Between ?? double.NaN,
                task.GuessedPreparation
            )
            : null;
    }
}

/// <summary>A share of the samples in both models, percent.</summary>
/// <param name="Fp32">Of the original.</param>
/// <param name="Int8">Of the quantized model.</param>
public sealed record AccuracyPair(double Fp32, double Int8);

/// <summary>How far one output of the two models differs.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="SqnrDb">10 log10(signal / error) over all samples; null when both are identical.</param>
/// <param name="Cosine">Of the angle between both outputs; 1 when they point the same way.</param>
/// <param name="AllButZero">The FP32 output is so small that its ratio to the error says nothing.</param>
/// <param name="GuessedPreparation">The pictures were prepared by a guess, so that these figures prove nothing.</param>
/// <param name="MedianDb">The same ratio of the median sample: one sample can own the sums over all.</param>
/// <param name="WorstTenthDb">A tenth of the samples has less.</param>
/// <param name="Parts">Of an output that joins values of different kinds, such as boxes and scores; null or empty: of one kind.</param>
public sealed record OutputReport(
    string Name,
    double? SqnrDb,
    double Cosine,
    bool AllButZero = false,
    bool GuessedPreparation = false,
    double? MedianDb = null,
    double? WorstTenthDb = null,
    IReadOnlyList<OutputReport>? Parts = null
)
{
    /// <summary>Of an output of whole numbers (classes, positions, counts) the share that is the same, in percent: the other figures
    /// measure nothing there. Null and left out of JSON: it holds numbers of other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EqualPercent { get; init; }
}

/// <summary>Least times of interleaved runs of one sample, milliseconds.</summary>
/// <param name="Threads">Inference threads.</param>
/// <param name="Fp32Ms">Of the original; of its cleaned network where that is faster.</param>
/// <param name="Int8Ms">Of the quantized model.</param>
/// <param name="Speedup">How many times faster INT8 is.</param>
/// <param name="Spread">How far <paramref name="Speedup"/> may be off, in its own unit.</param>
public sealed record LatencyReport(int Threads, double Fp32Ms, double Int8Ms, double Speedup, double Spread);

/// <summary>The size of both files, external data included.</summary>
/// <param name="Fp32Bytes">Of the original.</param>
/// <param name="Int8Bytes">Of the quantized model.</param>
public sealed record SizeReport(long Fp32Bytes, long Int8Bytes);

/// <summary>Percent of all multiply-accumulates; null where the work of a node is not known.</summary>
/// <param name="PercentPlaced">Meant to run as integers.</param>
/// <param name="PercentInteger">Really running so.</param>
public sealed record IntegerReport(double? PercentPlaced, double? PercentInteger);

/// <summary>What became of a node.</summary>
/// <param name="Name">As in the user's file.</param>
/// <param name="OpType">Its operator.</param>
/// <param name="Decision">What was decided of it.</param>
/// <param name="Reason">Why its arithmetic stays in float; empty where it does not.</param>
/// <param name="Kernel">The operator that ONNX Runtime's optimized graph holds in its place; null when fused away.</param>
public sealed record NodeReport(string Name, string OpType, NodeDecision Decision, string Reason, string? Kernel)
{
    /// <summary>"int8" or "int4", what the file holds the weights of a <see cref="NodeDecision.Stored"/> node as; null and left out of
    /// JSON: not told, or the weights are not stored so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StoredAs { get; init; }
}

/// <summary>The numbers of a quantized tensor.</summary>
/// <param name="Name">As in the user's file.</param>
/// <param name="Min">Smallest value seen.</param>
/// <param name="Max">Largest value seen.</param>
/// <param name="Scale">One value, or one per channel; of weights in blocks the largest.</param>
/// <param name="ZeroPoint">The integer that stands for zero.</param>
/// <param name="Type">"uint8", "int8" or, in blocks, "uint4".</param>
/// <param name="Method">The range selector that won, "weights" or "stored weights", in blocks or not.</param>
/// <param name="SqnrDb">Expected signal-to-noise ratio of this tensor's own rounding and clipping.</param>
public sealed record TensorReport(
    string Name,
    float Min,
    float Max,
    IReadOnlyList<float> Scale,
    int ZeroPoint,
    string Type,
    string Method,
    double? SqnrDb
);

/// <summary>Where the time went, milliseconds; times of parallel work are sums over the workers.</summary>
/// <param name="DecodeMs">Loading and preparing calibration samples.</param>
/// <param name="InferenceMs">Running the model on them.</param>
/// <param name="StatisticsMs">Counting values.</param>
/// <param name="SearchMs">Choosing and refining the plan, with all that it is judged by.</param>
/// <param name="RewriteMs">Writing the chosen plan into the graph, and the graph into the file.</param>
/// <param name="VerifyMs">Looking at the kernels that run.</param>
/// <param name="TotalMs">From start to report.</param>
/// <param name="PeakMemoryBytes">The most memory that the process had.</param>
public sealed record TimingReport(
    double DecodeMs,
    double InferenceMs,
    double StatisticsMs,
    double SearchMs,
    double RewriteMs,
    double VerifyMs,
    double TotalMs,
    long PeakMemoryBytes
)
{
    /// <summary>Correcting biases and rounding, with the judging of it.</summary>
    public double CorrectionMs { get; init; }

    /// <summary>Where the time from the first stage on went, by the clock, in the order in which stages first began.</summary>
    public IReadOnlyList<StageTimeReport> Stages { get; init; } = [];

    /// <summary>Collecting <see cref="QuantizationReport.Details"/>. Left out of JSON where nobody asked for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double DetailsMs { get; init; }
}

/// <summary>A stage of a run.</summary>
/// <param name="Stage">As progress calls it: "Calibrating".</param>
/// <param name="Milliseconds">By the clock, all times that it ran together.</param>
public sealed record StageTimeReport(string Stage, double Milliseconds);
