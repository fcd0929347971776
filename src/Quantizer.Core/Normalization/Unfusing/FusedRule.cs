using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>An operator of ONNX Runtime's own that joins several standard ones.</summary>
/// <param name="TakeApart">Adds the standard nodes and gives the name of the result; null, and nothing in the graph changed, where
/// the node is of a form that has no exact equal.</param>
internal sealed record FusedRule(string OpType, Func<Node, Replacement, GraphEdit, string?> TakeApart);
