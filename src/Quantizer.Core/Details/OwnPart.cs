using Quantizer.Graphs;

namespace Quantizer.Details;

/// <summary>Nodes of the INT8 network that are fed by the FP32 one.</summary>
/// <param name="Nodes">With names of their own, so that parts that share nodes can be run together.</param>
/// <param name="Inputs">Tensors of the FP32 network.</param>
/// <param name="Output">What they make of them.</param>
internal sealed record OwnPart(IReadOnlyList<Node> Nodes, IReadOnlyList<string> Inputs, string Output);
