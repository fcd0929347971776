using Quantizer.Graphs;

namespace Quantizer.Execution.Pieces;

/// <summary>A part of a model's nodes that is run by itself, behind the parts before it.</summary>
/// <param name="Nodes">In topological order.</param>
/// <param name="Inputs">What it reads of the model's inputs and of parts before it.</param>
/// <param name="Outputs">What is wanted of it, and what later parts read.</param>
/// <param name="LastRead">Tensors that nobody reads behind it.</param>
internal sealed record ModelPiece(
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<string> LastRead
)
{
    /// <summary>
    /// Cuts a model: each piece computes the tensors wanted of it from what those before it left, and no node runs twice. What no wanted
    /// tensor depends on is in none.
    /// </summary>
    /// <param name="wanted">By piece.</param>
    public static IReadOnlyList<ModelPiece> Cut(Graph graph, IReadOnlyList<IReadOnlyList<string>> wanted)
    {
        HashSet<string> constants = [.. graph.Initializers.Select(tensor => tensor.Name)];
        Dictionary<string, int> makers = [];
        for (int node = 0; node < graph.Nodes.Count; node++)
        {
            foreach (string output in graph.Nodes[node].Outputs.Where(output => output.Length > 0))
                makers[output] = node;
        }

        bool[] taken = new bool[graph.Nodes.Count];
        List<int>[] nodes = [.. wanted.Select(tensors => Needed(graph, makers, taken, tensors))];
        string[][] reads =
        [
            .. nodes.Select(piece =>
                piece
                    .SelectMany(node => GraphIndex.ReadBy(graph.Nodes[node]))
                    .Distinct()
                    .Where(tensor => !constants.Contains(tensor))
                    .ToArray()
            ),
        ];
        return [.. Enumerable.Range(0, nodes.Length).Select(piece => Of(graph, nodes, reads, wanted, piece))];
    }

    /// <summary>Only the nodes that some of its tensors depend on, of which nothing is read later.</summary>
    public ModelPiece Part(IReadOnlyList<string> wanted)
    {
        HashSet<string> needed = [.. wanted];
        List<Node> nodes = [];
        foreach (Node node in Nodes.Reverse())
        {
            if (!node.Outputs.Exists(needed.Contains))
                continue;
            nodes.Insert(0, node);
            needed.UnionWith(GraphIndex.ReadBy(node));
        }
        return new ModelPiece(nodes, [.. Inputs.Where(needed.Contains)], wanted, wanted);
    }

    private static ModelPiece Of(Graph graph, List<int>[] nodes, string[][] reads, IReadOnlyList<IReadOnlyList<string>> wanted, int piece)
    {
        HashSet<string> made = [.. nodes[piece].SelectMany(node => graph.Nodes[node].Outputs).Where(output => output.Length > 0)];
        HashSet<string> later =
        [
            .. reads.Skip(piece + 1).SelectMany(tensors => tensors),
            .. wanted.Skip(piece + 1).SelectMany(tensors => tensors),
        ];
        string[] inputs = [.. reads[piece].Where(tensor => !made.Contains(tensor))];
        string[] outputs = [.. made.Where(tensor => later.Contains(tensor) || wanted[piece].Contains(tensor))];
        return new ModelPiece(
            [.. nodes[piece].Select(node => graph.Nodes[node])],
            inputs,
            outputs,
            [.. inputs.Concat(outputs).Concat(wanted[piece]).Distinct().Where(tensor => !later.Contains(tensor))]
        );
    }

    /// <summary>The nodes not taken yet that tensors depend on, in the graph's order.</summary>
    private static List<int> Needed(Graph graph, Dictionary<string, int> makers, bool[] taken, IReadOnlyList<string> tensors)
    {
        List<int> needed = [];
        Stack<string> open = new(tensors);
        while (open.TryPop(out string? tensor))
        {
            if (!makers.TryGetValue(tensor, out int node) || taken[node])
                continue;
            taken[node] = true;
            needed.Add(node);
            foreach (string read in GraphIndex.ReadBy(graph.Nodes[node]))
                open.Push(read);
        }
        needed.Sort();
        return needed;
    }
}
