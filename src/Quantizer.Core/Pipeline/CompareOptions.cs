using Quantizer.Comparison.Tasks;
using Quantizer.Limits;
using Quantizer.Preprocessing;
using Quantizer.Reporting;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>What a comparison of two files is asked to do.</summary>
public sealed record CompareOptions
{
    /// <summary>The original model.</summary>
    public required string Fp32Path { get; init; }

    /// <summary>The quantized model, whoever made it.</summary>
    public required string Int8Path { get; init; }

    /// <summary>A folder of pictures, a folder of data files, or a data file. Several paths, each for other inputs, are put beside each
    /// other; "input=path" says for which.</summary>
    public required IReadOnlyList<string> DataPaths { get; init; }

    /// <summary>A text file of "name index" lines, or, for other data than pictures, an .npy array of class indices; null: class folders
    /// or labels beside the data, where there are some. For readers of text lines of
    /// "relative/path TAB text".</summary>
    public string? LabelsPath { get; init; }

    /// <summary>Files that the caller writes after the run: that they can be written, and replace nothing that the run reads or writes,
    /// is checked before the work.</summary>
    public IReadOnlyList<string> ReportPaths { get; init; } = [];

    /// <summary>Files that the caller took these options from: no output may replace one.</summary>
    public IReadOnlyList<string> ArgumentFiles { get; init; } = [];

    /// <summary>The command line that these options were read from, after the program's name: the report tells it. Empty: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether <see cref="QuantizationReport.Details"/> is filled: the error along the network by equal names of tensors, samples
    /// whose answer changed, single times; no histograms. Costs about as much as the comparison.</summary>
    public bool Details { get; init; }

    /// <summary>Samples at most.</summary>
    public int Samples { get; init; } = 2000;

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

    /// <summary>Worker threads; 0: one per core.</summary>
    public int Threads { get; init; }
}
