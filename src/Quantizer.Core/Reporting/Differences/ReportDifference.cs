using Quantizer.Findings;

namespace Quantizer.Reporting.Differences;

/// <summary>What is not the same in two reports, or in two model files. Its names are the JSON's, in camel case.</summary>
internal sealed record ReportDifference
{
    /// <summary>The version of these names.</summary>
    public int Schema { get; init; } = QuantizationReport.CurrentSchema;

    /// <summary>Tells this from other JSON that quantize writes.</summary>
    public string Kind { get; init; } = "difference";

    /// <summary>The first file.</summary>
    public required string Before { get; init; }

    /// <summary>The second file.</summary>
    public required string After { get; init; }

    /// <summary>All figures, changed or not.</summary>
    public required IReadOnlyList<FigureDifference> Figures { get; init; }

    /// <summary>Null where one of them has no speed.</summary>
    public SpeedDifference? Speed { get; init; }

    /// <summary>Those that changed.</summary>
    public required IReadOnlyList<NodeDifference> Nodes { get; init; }

    /// <summary>Those that changed, the largest ratio of scales first.</summary>
    public required IReadOnlyList<TensorDifference> Tensors { get; init; }

    /// <summary>Those that changed, but for where the file went.</summary>
    public IReadOnlyList<ValueDifference> Options { get; init; } = [];

    /// <summary>Only in the second; the same one with other numbers is not new.</summary>
    public IReadOnlyList<Finding> NewFindings { get; init; } = [];

    /// <summary>Only in the first.</summary>
    public IReadOnlyList<Finding> GoneFindings { get; init; } = [];

    /// <summary>Of what made and ran them, where they changed.</summary>
    public IReadOnlyList<ValueDifference> Versions { get; init; } = [];

    /// <summary>Whether anything differs; speeds do where their spreads do not explain it.</summary>
    public bool Differs =>
        Figures.Any(figure => figure.Differs)
        || Speed is { IsClear: true }
        || Nodes.Count + Tensors.Count + Options.Count + NewFindings.Count + GoneFindings.Count + Versions.Count > 0;
}
