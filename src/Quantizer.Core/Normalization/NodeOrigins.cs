using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>Which of the user's nodes each node does the work of, followed through merges and replacements.</summary>
internal sealed class NodeOrigins
{
    private readonly Dictionary<Node, List<string>> _names = [];

    public NodeOrigins(Graph graph)
    {
        foreach (Node node in graph.Nodes)
            _names[node] = node.Name.Length > 0 ? [node.Name] : [];
    }

    public IReadOnlyList<string> Of(Node node) => _names.TryGetValue(node, out List<string>? names) ? names : [];

    /// <summary>From now on <paramref name="survivor"/> also does the work of <paramref name="absorbed"/>.</summary>
    public void Merge(Node survivor, Node absorbed)
    {
        if (!_names.TryGetValue(survivor, out List<string>? names))
            _names[survivor] = names = [];
        foreach (string name in Of(absorbed))
        {
            if (!names.Contains(name))
                names.Add(name);
        }
    }
}
