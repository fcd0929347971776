using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>Removals from and insertions into a list of nodes. While they are collected, each takes the same time however long the list
/// is.</summary>
internal sealed class NodeEdits(List<Node> nodes)
{
    private readonly Dictionary<Node, List<Node>> _before = [];
    private readonly Dictionary<Node, List<Node>> _behind = [];
    private readonly HashSet<Node> _pending = [];
    private HashSet<Node>? _removed;

    /// <summary>From now on edits are collected. Gives the nodes that are removed, which grow with them.</summary>
    public HashSet<Node> Collect() => _removed = [];

    /// <summary>Makes the collected edits; from now on each is made at once.</summary>
    public void Finish()
    {
        Apply();
        _removed = null;
    }

    public void Remove(Node node)
    {
        _removed?.Add(node);
        _pending.Add(node);
        if (_removed is null)
            Apply();
    }

    /// <summary>Places a node right in front of another one.</summary>
    public void InsertBefore(Node place, Node added)
    {
        if (!_before.TryGetValue(place, out List<Node>? before))
            _before[place] = before = [];
        before.Add(added);
        if (_removed is null)
            Apply();
    }

    /// <summary>Places nodes, in their order, right behind another one.</summary>
    public void InsertBehind(Node place, IReadOnlyList<Node> added)
    {
        if (!_behind.TryGetValue(place, out List<Node>? behind))
            _behind[place] = behind = [];
        behind.InsertRange(0, added);
        if (_removed is null)
            Apply();
    }

    /// <summary>Makes the edits collected so far.</summary>
    public void Apply()
    {
        if (_pending.Count + _before.Count + _behind.Count == 0)
            return;
        Node[] before = [.. nodes];
        nodes.Clear();
        foreach (Node node in before)
            Keep(node);
        _pending.Clear();
        _before.Clear();
        _behind.Clear();
    }

    private void Keep(Node node)
    {
        foreach (Node added in _before.GetValueOrDefault(node, []))
            Keep(added);
        if (!_pending.Contains(node))
            nodes.Add(node);
        foreach (Node added in _behind.GetValueOrDefault(node, []))
            Keep(added);
    }
}
