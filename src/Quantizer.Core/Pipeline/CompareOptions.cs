using Quantizer.Preprocessing;

namespace Quantizer.Pipeline;

/// <summary>What a comparison of two files is asked to do.</summary>
public sealed record CompareOptions
{
    public required string Fp32Path { get; init; }

    public required string Int8Path { get; init; }

    public required string DataPath { get; init; }

    public string? LabelsPath { get; init; }

    public int Samples { get; init; } = 2000;

    public int Seed { get; init; }

    public PictureOptions Pictures { get; init; } = new();

    public int Threads { get; init; }
}
