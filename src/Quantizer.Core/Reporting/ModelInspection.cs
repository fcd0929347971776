using Quantizer.Findings;
using Quantizer.Graphs;

namespace Quantizer.Reporting;

/// <summary>What a model file holds, and what quantization would do with it.</summary>
/// <param name="OperatorCounts">Operator type to number of nodes, most first.</param>
/// <param name="Macs">Multiply-accumulates per sample; null when shapes are unknown.</param>
/// <param name="Nodes">After normalization, with the decision and reason; the kernel is null.</param>
public sealed record ModelInspection(
    string Path, long FileBytes, string Producer, long IrVersion, long Opset, long Parameters,
    IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs,
    IReadOnlyList<KeyValuePair<string, int>> OperatorCounts, bool IsQuantized, long? Macs, double PercentPlaced,
    IReadOnlyList<NodeReport> Nodes, IReadOnlyList<Finding> Findings);
