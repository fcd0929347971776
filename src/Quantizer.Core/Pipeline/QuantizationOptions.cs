using Quantizer.Preprocessing;
using Quantizer.Ranges.Weights;

namespace Quantizer.Pipeline;

/// <summary>What a run is asked to do. Defaults are the command line's.</summary>
public sealed record QuantizationOptions
{
    public required string ModelPath { get; init; }

    /// <summary>A folder of pictures, an .npz or an .npy file.</summary>
    public required string CalibrationPath { get; init; }

    /// <summary>Held-out data for the comparison; null: the calibration data, and the report says so.</summary>
    public string? EvaluationPath { get; init; }

    /// <summary>A text file of "relative/path index" lines for the evaluation data; null: class folders, where there are some.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>Null: MODEL.int8.onnx beside the input.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Files that the caller writes after the run: that they can be written, and replace nothing that the run reads or writes, is checked before the work.</summary>
    public IReadOnlyList<string> ReportPaths { get; init; } = [];

    /// <summary>Files that the caller took these options from: no output may replace one.</summary>
    public IReadOnlyList<string> ArgumentFiles { get; init; } = [];

    /// <summary>Calibration samples at most, chosen evenly over the classes.</summary>
    public int Samples { get; init; } = 512;

    /// <summary>Evaluation samples at most.</summary>
    public int EvaluationSamples { get; init; } = 2000;

    /// <summary>Which samples are taken when there are more than asked for.</summary>
    public int Seed { get; init; }

    /// <summary>What the user fixed of the pictures' preparation; the rest is found out.</summary>
    public PictureOptions Pictures { get; init; } = new();

    /// <summary>auto, minmax, percentile, percentile:P, entropy or mse.</summary>
    public string Method { get; init; } = "auto";

    /// <summary>exact (every value) or sampled (a sampled body with an exact tail).</summary>
    public string Statistics { get; init; } = "exact";

    public bool PerChannelWeights { get; init; } = true;

    /// <summary>auto (the better of both on the network's outputs), minmax or mse.</summary>
    public string WeightRanges { get; init; } = WeightRangeTable.Automatic;

    /// <summary>Globs over node and tensor names of the user's file; empty: everything the target gains from.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public IReadOnlyList<string> ExcludeOpTypes { get; init; } = [];

    public string Target { get; init; } = "ort-cpu";

    /// <summary>Worker threads; 0: one per core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Samples per inference; the result does not depend on it.</summary>
    public int BatchSize { get; init; } = 1;
}
