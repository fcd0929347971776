using System.Text.RegularExpressions;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Isolation;

/// <summary>Finds in ONNX Runtime's words the nodes that a failure may come from.</summary>
internal sealed partial class Suspects
{
    private readonly Dictionary<string, Node> _byName;
    private readonly GraphIndex _index;

    /// <param name="graph">The graph as it was before it was quantized; its nodes have names of their own.</param>
    public Suspects(Graph graph)
    {
        _byName = graph.EveryNode.ToDictionary(node => node.Name);
        _index = new GraphIndex(graph);
    }

    /// <summary>
    /// For each node that the failure names: itself; what reads it; what makes its inputs; all of these. A node in float fails
    /// because of the integers around it, and with those behind it in float fewer are lost than with those before it.
    /// </summary>
    public IEnumerable<IReadOnlyList<string>> Of(string failure)
    {
        foreach (Node node in NamedIn(failure).Distinct())
        {
            string[] before = [.. GraphIndex.ReadBy(node).Select(_index.ProducerOf).OfType<Node>().Select(maker => maker.Name)];
            string[] behind = [.. node.Outputs.SelectMany(_index.ReadersOf).Select(reader => reader.Name)];
            yield return [node.Name];
            yield return [node.Name, .. behind];
            yield return [node.Name, .. before];
            yield return [node.Name, .. before, .. behind];
        }
    }

    private IEnumerable<Node> NamedIn(string failure)
    {
        foreach (Match quoted in Quoted().Matches(failure))
        {
            if (_byName.TryGetValue(RuntimeNames.Original(quoted.Groups["name"].Value), out Node? node))
                yield return node;
        }
    }

    /// <summary>ONNX Runtime writes node 'name', ("name", Type, ...) and Node (name).</summary>
    [GeneratedRegex("""'(?<name>[^']+)'|"(?<name>[^"]+)"|\((?<name>[^()"]+)\)""")]
    private static partial Regex Quoted();
}
