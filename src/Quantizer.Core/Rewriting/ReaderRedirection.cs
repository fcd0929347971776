using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>Points the inputs of named nodes at other tensors.</summary>
internal sealed class ReaderRedirection
{
    private readonly Dictionary<string, Node> _byName;
    private readonly Dictionary<string, List<(Node Node, int Input)>> _readers = [];
    private readonly HashSet<(string Node, int Input)> _edited = [];

    /// <param name="graph">As it stands now; nodes that come later are not seen.</param>
    public ReaderRedirection(Graph graph)
    {
        _byName = graph.Nodes.ToDictionary(node => node.Name);
        foreach (Node node in graph.Nodes)
        {
            for (int input = 0; input < node.Inputs.Count; input++)
                AddReader(node.Inputs[input], node, input);
        }
    }

    /// <summary>Points one input of one node, which may not have it yet, at another tensor; later edits of all readers leave it
    /// alone.</summary>
    public void Redirect(string node, int input, string tensor)
    {
        List<string> inputs = _byName[node].Inputs;
        while (inputs.Count <= input)
            inputs.Add("");
        inputs[input] = tensor;
        _edited.Add((node, input));
    }

    /// <summary>Points every input that reads <paramref name="from"/>, of the nodes that <paramref name="wanted"/> names, at another
    /// tensor.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RedirectAll(string from, string to, Func<Node, bool> wanted)
    {
        bool any = false;
        foreach ((Node node, int input) in _readers.GetValueOrDefault(from, []).ToArray())
        {
            if (node.Inputs[input] != from || _edited.Contains((node.Name, input)) || !wanted(node))
                continue;
            node.Inputs[input] = to;
            if (to != from)
                AddReader(to, node, input);
            any = true;
        }
        return any;
    }

    private void AddReader(string tensor, Node node, int input)
    {
        if (!_readers.TryGetValue(tensor, out List<(Node, int)>? readers))
            _readers[tensor] = readers = [];
        readers.Add((node, input));
    }
}
