using Quantizer.Graphs;
using Quantizer.Rewriting;

namespace Quantizer.Correction;

/// <summary>The nodes of a quantized network that make floats of constant integers when the file is loaded.</summary>
internal sealed class ConstantMakers
{
    private readonly Dictionary<string, Node> _makers = [];
    private readonly Dictionary<string, int> _reads = [];

    /// <param name="graph">In topological order.</param>
    public ConstantMakers(Graph graph)
    {
        foreach (string input in graph.Nodes.SelectMany(node => node.Inputs))
            _reads[input] = _reads.GetValueOrDefault(input) + 1;
        HashSet<string> constants = [.. graph.Initializers.Select(tensor => tensor.Name)];
        foreach (Node maker in ConstantMaking.In(graph, constants))
            _makers[maker.Outputs[0]] = maker;
        HashSet<string> outputs = [.. graph.Outputs.Select(output => output.Name)];
        HashSet<string> read = [.. graph.Nodes.Where(node => !Contains(node)).SelectMany(node => node.Inputs)];
        Made = [.. _makers.Keys.Where(tensor => read.Contains(tensor) || outputs.Contains(tensor))];
    }

    /// <summary>The constants that other nodes read of them.</summary>
    public IReadOnlyList<string> Made { get; }

    public bool Contains(Node node) => node.Outputs.Count == 1 && _makers.ContainsKey(node.Outputs[0]);

    /// <summary>Whether anything else is made of the integers that a constant is made of.</summary>
    public bool IsShared(string constant)
    {
        string tensor = constant;
        while (_makers.TryGetValue(tensor, out Node? maker))
        {
            tensor = maker.Inputs[0];
            if (_reads[tensor] > 1)
                return true;
        }
        return false;
    }
}
