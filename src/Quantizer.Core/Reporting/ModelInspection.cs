using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Reporting.Inspections;

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
)
{
    /// <summary>What the decisions hold for, as on the command line.</summary>
    public string Target { get; init; } = "";

    /// <summary>Shapes of inputs that were given because the model leaves sizes open, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();

    /// <summary>Operator type to the multiply-accumulates of its nodes, for the types that have any whose number is known.</summary>
    public IReadOnlyDictionary<string, long> OperatorMacs { get; init; } = new Dictionary<string, long>();

    /// <summary>Of <see cref="Nodes"/>, in their order.</summary>
    public IReadOnlyList<NodeCost> Costs { get; init; } = [];

    /// <summary>What quantization would write; null where it would not begin: the model is quantized already, or cannot be.</summary>
    public ExpectedModel? Expected { get; init; }

    /// <summary>Memory of the activations of the model as it is; null where it is quantized already.</summary>
    public ActivationPeak? Activations { get; init; }

    /// <summary>Both networks timed against each other, INT8 with made-up ranges; null where nobody asked for it.</summary>
    public LatencyReport? Latency { get; init; }
}
