namespace Quantizer.Comparison.Tasks;

/// <summary>What the comparison judges by, where the user says so.</summary>
public sealed record TaskOptions
{
    /// <summary>Null: found from the outputs.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>The right boxes: JSON lines {"file": ..., "box": [x1, y1, x2, y2], "label": ...}, in the coordinates that
    /// the model gives.</summary>
    public string? BoxesPath { get; init; }

    /// <summary>A folder of PNG pictures named like the samples: a pixel's value is its class.</summary>
    public string? MasksPath { get; init; }

    /// <summary>A folder of pictures named like the samples: what a network that makes pictures should make of them.</summary>
    public string? TargetsPath { get; init; }

    /// <summary>A text file with one character a line, in the order of the model's classes.</summary>
    public string? CharactersPath { get; init; }

    /// <summary>Detections and mask pixels count above it; null: what is customary for the kind of head.</summary>
    public double? Confidence { get; init; }
}
