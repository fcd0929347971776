using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>Points the inputs of named nodes at other tensors.</summary>
internal sealed class ReaderRedirection(Graph graph)
{
    private readonly Dictionary<string, Node> _byName = graph.Nodes.ToDictionary(node => node.Name);
    private readonly HashSet<(string Node, int Input)> _edited = [];

    /// <summary>Points one input of one node at another tensor; later edits of all readers leave it alone.</summary>
    public void Redirect(string node, int input, string tensor)
    {
        _byName[node].Inputs[input] = tensor;
        _edited.Add((node, input));
    }

    /// <summary>Points every input that reads <paramref name="from"/>, of the nodes that <paramref name="wanted"/> names, at another tensor.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RedirectAll(string from, string to, Func<Node, bool> wanted)
    {
        bool any = false;
        foreach (Node node in graph.Nodes)
        {
            if (!wanted(node)) continue;
            for (int input = 0; input < node.Inputs.Count; input++)
            {
                if (node.Inputs[input] != from || _edited.Contains((node.Name, input))) continue;
                node.Inputs[input] = to;
                any = true;
            }
        }
        return any;
    }
}
