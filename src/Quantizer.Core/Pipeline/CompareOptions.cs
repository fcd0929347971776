using Quantizer.Preprocessing;

namespace Quantizer.Pipeline;

/// <summary>What a comparison of two files is asked to do.</summary>
public sealed record CompareOptions
{
    public required string Fp32Path { get; init; }

    public required string Int8Path { get; init; }

    public required string DataPath { get; init; }

    public string? LabelsPath { get; init; }

    /// <summary>Files that the caller writes after the run: that they can be written, and replace nothing that the run reads or writes, is checked before the work.</summary>
    public IReadOnlyList<string> ReportPaths { get; init; } = [];

    /// <summary>Files that the caller took these options from: no output may replace one.</summary>
    public IReadOnlyList<string> ArgumentFiles { get; init; } = [];

    public int Samples { get; init; } = 2000;

    public int Seed { get; init; }

    public PictureOptions Pictures { get; init; } = new();

    public int Threads { get; init; }
}
