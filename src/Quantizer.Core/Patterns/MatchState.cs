using System.Collections.Immutable;
using Quantizer.Graphs;

namespace Quantizer.Patterns;

/// <summary>What of a pattern was found so far. Immutable: a spelling may be tried in several ways.</summary>
internal sealed record MatchState(ImmutableList<Node> Nodes, ImmutableDictionary<string, string> Values)
{
    public static MatchState Empty { get; } = new([], ImmutableDictionary<string, string>.Empty);

    public MatchState With(Node node) => Nodes.Contains(node) ? this : this with { Nodes = Nodes.Add(node) };

    /// <summary>With a tensor under a name; null when the name stands for another one.</summary>
    public MatchState? With(string name, string tensor) =>
        !Values.TryGetValue(name, out string? known) ? this with { Values = Values.Add(name, tensor) }
        : known == tensor ? this
        : null;
}
