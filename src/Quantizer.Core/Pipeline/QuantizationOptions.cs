using Quantizer.Calibration.Statistics;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Limits;
using Quantizer.Placement;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Samples;
using Quantizer.Targets;

namespace Quantizer.Pipeline;

/// <summary>What a run is asked to do. Defaults are the command line's.</summary>
public sealed record QuantizationOptions
{
    /// <summary>The FP32 model, an .onnx file. It is never changed.</summary>
    public required string ModelPath { get; init; }

    /// <summary>A folder of pictures, a folder of data files, or a data file. Several paths, each for other inputs, are put beside each
    /// other; "input=path" says for which. None: only where no range has to be learnt
    /// (<see cref="Activations"/>).</summary>
    public required IReadOnlyList<string> CalibrationPaths { get; init; }

    /// <summary>Calibrate on so many samples of random numbers, made from the model's inputs and <see cref="Seed"/>, where there are no
    /// data: the file runs as fast as any, and its ranges and figures prove nothing. Null: on data.</summary>
    public int? RandomSamples { get; init; }

    /// <summary>Held-out data for the comparison; none: the calibration data, and the report says so.</summary>
    public IReadOnlyList<string> EvaluationPaths { get; init; } = [];

    /// <summary>A text file of "name index" lines for the evaluation data, or, for other data than pictures, an .npy array of class
    /// indices; null: class folders or labels beside the data, where there are some. For readers of text lines of
    /// "relative/path TAB text".</summary>
    public string? LabelsPath { get; init; }

    /// <summary>Null: MODEL.int8.onnx beside the input.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Files that the caller writes after the run: that they can be written, and replace nothing that the run reads or writes,
    /// is checked before the work.</summary>
    public IReadOnlyList<string> ReportPaths { get; init; } = [];

    /// <summary>Files that the caller took these options from: no output may replace one.</summary>
    public IReadOnlyList<string> ArgumentFiles { get; init; } = [];

    /// <summary>The command line that these options were read from, after the program's name: the report tells it. Empty: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether <see cref="QuantizationReport.Details"/> is filled: the error along the network, what each layer costs at the
    /// outputs, histograms, samples whose answer changed. Costs about as much as the comparison, and some ten seconds more at
    /// most.</summary>
    public bool Details { get; init; }

    /// <summary>Calibration samples at most, chosen evenly over the classes.</summary>
    public int Samples { get; init; } = 512;

    /// <summary>Evaluation samples at most.</summary>
    public int EvaluationSamples { get; init; } = 2000;

    /// <summary>Which samples are taken when there are more than asked for.</summary>
    public int Seed { get; init; }

    /// <summary>What the user fixed of the pictures' preparation; the rest is found out.</summary>
    public PictureOptions Pictures { get; init; } = new();

    /// <summary>What the user said of inputs beside where their data lie.</summary>
    public InputOptions Inputs { get; init; } = new();

    /// <summary>What the models are judged by, where the outputs shall not tell.</summary>
    public TaskOptions Judging { get; init; } = new();

    /// <summary>What the result must keep.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Where the ranges of activations come from: calibration, each run, or nowhere, so that weights are only stored as
    /// integers.</summary>
    public ActivationMode Activations { get; init; } = ActivationMode.Automatic;

    /// <summary>What becomes of integers that are not noticeably faster than float, where <see cref="Activations"/> are
    /// <see cref="ActivationMode.Automatic"/>.</summary>
    public SlowIntegers SlowIntegers { get; init; } = SlowIntegers.Measured;

    /// <summary>Where it is kept what <see cref="SlowIntegers.Measured"/> came to, so that a network has the same form in every run on a
    /// processor; null: nowhere, and each run measures.</summary>
    public string? SpeedFolder { get; init; }

    /// <summary>What weights are stored as where they are all that becomes integers: no range has to be learnt, and
    /// <see cref="Activations"/> are <see cref="ActivationMode.None"/>. Null: not only weights.</summary>
    public WeightStorage? WeightsOnly { get; init; }

    /// <summary>Whether parts of a network that falls below its task's floor in integers are given back to float until it does
    /// not.</summary>
    public bool KeepsFloor { get; init; } = true;

    /// <summary>For trying what to give back; what is begun is finished, and then the whole network is.</summary>
    public TimeSpan FloorTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What became of a network below its floor in the run that this one repeats, so that it is not looked for anew; null: it
    /// repeats none.</summary>
    internal FloorReport? KnownFloor { get; init; }

    /// <summary>What another run found of the speed of nodes; null: it is found out.</summary>
    internal SlowNodesReport? KnownSlowNodes { get; init; }

    /// <summary>How the ranges of activations are chosen.</summary>
    public RangeMethod Method { get; init; } = RangeMethod.Automatic;

    /// <summary>How many of the values of an activation are counted.</summary>
    public StatisticsMode Statistics { get; init; } = StatisticsMode.Exact;

    /// <summary>How many scales a weight has.</summary>
    public WeightGranularity WeightGranularity { get; init; } = WeightGranularity.PerChannel;

    /// <summary>How the ranges of weights are chosen.</summary>
    public WeightRangeMethod WeightRanges { get; init; } = WeightRangeMethod.Automatic;

    /// <summary>Whether biases make up for what rounding and clipping shift, where samples that were held out gain by it.</summary>
    public BiasCorrectionMode BiasCorrection { get; init; } = BiasCorrectionMode.Automatic;

    /// <summary>Whether scales of channels are moved between layers first.</summary>
    public ChannelScaling ChannelScaling { get; init; } = ChannelScaling.Automatic;

    /// <summary>Globs over node and tensor names of the user's file; empty: everything the target gains from.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Globs over node and tensor names of the user's file: what stays in float.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Operator types whose nodes all stay in float, such as "Gemm".</summary>
    public IReadOnlyList<string> ExcludeOpTypes { get; init; } = [];

    /// <summary>True: no operator outside of the standard set is written, though one may be faster.</summary>
    public bool StandardOnly { get; init; }

    /// <summary>What the quantized model is to run on.</summary>
    public QuantizationTarget Target { get; init; } = QuantizationTarget.Default;

    /// <summary>Worker threads; 0: one per core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Samples per inference; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 1;
}
