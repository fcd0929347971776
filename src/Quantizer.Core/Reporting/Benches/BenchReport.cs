namespace Quantizer.Reporting.Benches;

/// <summary>How fast one or two models are. Its names are the JSON's, in camel case.</summary>
internal sealed record BenchReport
{
    /// <summary>The version of these names.</summary>
    public int Schema { get; init; } = QuantizationReport.CurrentSchema;

    /// <summary>Tells this from other JSON that quantize writes.</summary>
    public string Kind { get; init; } = "bench";

    /// <summary>What measured.</summary>
    public required ToolReport Tool { get; init; }

    /// <summary>One or two.</summary>
    public required IReadOnlyList<BenchModel> Models { get; init; }

    /// <summary>What the models were fed with, in words.</summary>
    public required string Inputs { get; init; }

    /// <summary>For every number of threads and every batch.</summary>
    public required IReadOnlyList<BenchCell> Cells { get; init; }

    /// <summary>Of each model, where it was asked for; else none.</summary>
    public IReadOnlyList<BenchProfile> Profiles { get; init; } = [];

    /// <summary>What could not be measured as asked.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
