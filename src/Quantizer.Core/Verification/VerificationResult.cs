using Quantizer.Findings;

namespace Quantizer.Verification;

/// <summary>What ONNX Runtime makes of a quantized model.</summary>
internal sealed record VerificationResult(IReadOnlyList<VerifiedNode> Nodes, IReadOnlyList<Finding> Findings)
{
    /// <summary>Of a finished file the operators of its network in the forms in which they really run; otherwise none.</summary>
    public IReadOnlyList<VerifiedNode> Operators { get; init; } = [];

    /// <summary>Percent of all multiply-accumulates that were meant to run on integers; null where the work of a node is not
    /// known.</summary>
    public double? PercentPlaced => PercentOf(node => node.Placement.IsInteger);

    /// <summary>Percent of all multiply-accumulates that really do; null likewise.</summary>
    public double? PercentInteger => PercentOf(node => node.RunsOnIntegers);

    private double? PercentOf(Func<VerifiedNode, bool> counts)
    {
        if (Nodes.Any(node => node.Macs is null))
            return null;
        long all = Nodes.Sum(node => node.Macs!.Value);
        return all == 0 ? 0 : 100.0 * Nodes.Where(counts).Sum(node => node.Macs!.Value) / all;
    }
}
