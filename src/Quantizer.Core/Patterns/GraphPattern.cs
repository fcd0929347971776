using Quantizer.Graphs;

namespace Quantizer.Patterns;

/// <summary>A function that exporters spell out in several nodes, by the ways in which they do.</summary>
/// <param name="Name">What messages call it: "GELU".</param>
/// <param name="Spellings">Each from the node that makes the result; the first that fits is taken.</param>
internal sealed record GraphPattern(string Name, IReadOnlyList<PatternNode> Spellings)
{
    /// <summary>
    /// The nodes that make <paramref name="result"/>'s output; null when it is no such function, or when a value inside is read
    /// elsewhere too, so that it has to exist as a tensor.
    /// </summary>
    public PatternMatch? Match(Node result, GraphIndex index)
    {
        foreach (PatternNode spelling in Spellings)
        {
            foreach (MatchState state in spelling.MatchNode(result, index, MatchState.Empty))
            {
                if (IsClosed(result, state, index))
                    return new PatternMatch(this, state.Nodes, state.Values);
            }
        }
        return null;
    }

    private static bool IsClosed(Node result, MatchState state, GraphIndex index) =>
        state.Nodes.All(node =>
            node == result
            || node.Outputs.TrueForAll(output =>
                output.Length == 0 || (!index.IsOutput(output) && index.ReadersOf(output).All(state.Nodes.Contains))
            )
        );
}
