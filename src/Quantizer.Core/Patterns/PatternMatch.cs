using Quantizer.Graphs;

namespace Quantizer.Patterns;

/// <summary>Nodes of a graph that together compute what a pattern describes.</summary>
/// <param name="Nodes">From the one that makes the result back to the first.</param>
/// <param name="Values">The tensors that the pattern names.</param>
internal sealed record PatternMatch(GraphPattern Pattern, IReadOnlyList<Node> Nodes, IReadOnlyDictionary<string, string> Values);
