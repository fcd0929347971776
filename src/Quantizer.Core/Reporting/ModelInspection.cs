using Quantizer.Findings;
using Quantizer.Graphs;

namespace Quantizer.Reporting;

/// <summary>What a model file holds, and what quantization would do with it.</summary>
/// <param name="Path">The file.</param>
/// <param name="FileBytes">Its size, external data included.</param>
/// <param name="Producer">What made it, with its version; empty when it does not say.</param>
/// <param name="IrVersion">The version of the file format.</param>
/// <param name="Opset">The version of the standard operators.</param>
/// <param name="Parameters">Number of values in constant tensors.</param>
/// <param name="Inputs">What a caller feeds.</param>
/// <param name="Outputs">What a caller gets.</param>
/// <param name="OperatorCounts">Operator type to number of nodes, most first.</param>
/// <param name="IsQuantized">It holds quantized operators already.</param>
/// <param name="Macs">Multiply-accumulates per sample; null where they depend on sizes that the model leaves open.</param>
/// <param name="MacsAtLeast">Those of the nodes whose work is known.</param>
/// <param name="PercentPlaced">Percent of the multiply-accumulates that would run on integers; null where those are not known.</param>
/// <param name="Nodes">After normalization, with the decision and reason; of a quantized model as they are, in the form that the file
/// gives them. The kernel is null.</param>
/// <param name="Findings">What the user should know.</param>
public sealed record ModelInspection(
    string Path,
    long FileBytes,
    string Producer,
    long IrVersion,
    long Opset,
    long Parameters,
    IReadOnlyList<TensorSignature> Inputs,
    IReadOnlyList<TensorSignature> Outputs,
    IReadOnlyList<KeyValuePair<string, int>> OperatorCounts,
    bool IsQuantized,
    long? Macs,
    long MacsAtLeast,
    double? PercentPlaced,
    IReadOnlyList<NodeReport> Nodes,
    IReadOnlyList<Finding> Findings
);
