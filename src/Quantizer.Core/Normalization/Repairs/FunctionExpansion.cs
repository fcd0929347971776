using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Normalization.Repairs;

/// <summary>Puts the nodes of functions in the place of calls, until no call is left.</summary>
internal sealed class FunctionExpansion(IReadOnlyList<ModelFunction> functions, GraphEdit edit)
{
    private readonly Dictionary<(string Domain, string Name, string Overload), ModelFunction> _functions = functions
        .DistinctBy(function => (function.Domain, function.Name, function.Overload))
        .ToDictionary(function => (function.Domain, function.Name, function.Overload));

    private readonly Stack<ModelFunction> _active = new();

    public int Calls { get; private set; }

    /// <exception cref="QuantizationException">A function calls itself.</exception>
    public void Expand(Graph graph)
    {
        List<Node> expanded = new(graph.Nodes.Count);
        foreach (Node node in graph.Nodes)
            Expand(node, expanded);
        graph.Nodes.Clear();
        graph.Nodes.AddRange(expanded);
    }

    private void Expand(Node node, List<Node> expanded)
    {
        foreach (Graph subgraph in node.Subgraphs)
            Expand(subgraph);
        if (!_functions.TryGetValue((node.Domain, node.OpType, FunctionReader.OverloadOf(node)), out ModelFunction? function))
        {
            expanded.Add(node);
            return;
        }

        if (_active.Contains(function))
        {
            throw new QuantizationException(
                $"The function '{function.Name}' of domain '{function.Domain}' calls itself; a function in ONNX must not. Export the "
                    + "model again."
            );
        }
        Calls++;
        _active.Push(function);
        foreach (Node part in new FunctionBody(node, function, edit).Instantiate())
        {
            edit.Origins.Merge(part, node);
            Expand(part, expanded);
        }
        _active.Pop();
    }
}
