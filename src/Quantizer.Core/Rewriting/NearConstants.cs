using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>
/// Moves constants that only one body reads into that body, again and again: runtimes pack weights for their kernels where they lie
/// in the graph of the node or in the one right around it, and read them slowly from further out (an LSTM on integers two bodies deep
/// took twice the time). Whatever a body reads from outside is handed to it anew in each run, besides. What is made of constants alone
/// moves with them.
/// </summary>
internal sealed class NearConstants
{
    /// <summary>What weights are turned back by, or made of another constant.</summary>
    private static readonly HashSet<string> Making = ["Cast", "DequantizeLinear", "Identity", "Mul", "Transpose"];

    /// <summary>All in all. What lies in bodies is part of the serialized model, of which there can be 2 GiB.</summary>
    private const long MostBytes = 1 << 28;

    private readonly Graph _graph;
    private readonly HashSet<string> _constants;
    private readonly Dictionary<string, HashSet<Graph>> _readers = [];

    /// <param name="outer">Constants of the graphs around this one.</param>
    private NearConstants(Graph graph, IEnumerable<string> outer)
    {
        _graph = graph;
        _constants = [.. outer, .. graph.Initializers.Select(tensor => tensor.Name)];
    }

    public static void Move(Graph graph)
    {
        HashSet<string> read = [.. graph.Nodes.Where(node => node.Subgraphs.Any()).SelectMany(GraphIndex.ReadBy)];
        if (graph.Initializers.Where(tensor => read.Contains(tensor.Name)).Sum(tensor => (long)tensor.Data.Length) <= MostBytes)
            Move(graph, []);
    }

    private static void Move(Graph graph, IEnumerable<string> outer)
    {
        Graph[] bodies = [.. graph.Nodes.SelectMany(node => node.Subgraphs)];
        if (bodies.Length == 0)
            return;
        NearConstants near = new(graph, outer);
        near.MoveAll(bodies);
        foreach (Graph body in bodies)
            Move(body, near._constants);
    }

    private void MoveAll(Graph[] bodies)
    {
        List<Node> makers = MakersAndReads(bodies);
        HashSet<Node> moved = [];
        // What is made of a constant before the constant itself.
        foreach (Node maker in Enumerable.Reverse(makers))
        {
            Graph owner = BodyOf(maker.Outputs[0]) ?? _graph;
            foreach (string input in maker.Inputs)
                Read(input, owner);
            if (owner == _graph)
                continue;
            owner.Nodes.Insert(0, maker);
            moved.Add(maker);
        }
        _graph.Nodes.RemoveAll(moved.Contains);
        HashSet<Tensor> movedConstants = [];
        foreach (Tensor tensor in _graph.Initializers)
        {
            if (BodyOf(tensor.Name) is not { } body)
                continue;
            body.Initializers.Add(tensor);
            movedConstants.Add(tensor);
        }
        _graph.Initializers.RemoveAll(movedConstants.Contains);
    }

    /// <summary>Nodes that make constants of constants, after noting who reads what beside them.</summary>
    private List<Node> MakersAndReads(Graph[] bodies)
    {
        List<Node> makers = [];
        foreach (Node node in _graph.Nodes)
        {
            if (
                node.Domain.Length == 0
                && Making.Contains(node.OpType)
                && node.Outputs.Count == 1
                && node.Inputs.TrueForAll(_constants.Contains)
            )
            {
                makers.Add(node);
                _constants.Add(node.Outputs[0]);
                continue;
            }
            foreach (string input in node.Inputs)
                Read(input, _graph);
        }
        foreach (ValueInfo declared in _graph.Inputs.Concat(_graph.Outputs))
            Read(declared.Name, _graph);
        foreach (Graph body in bodies)
        {
            foreach (string read in AllReads(body))
                Read(read, body);
        }
        return makers;
    }

    private static IEnumerable<string> AllReads(Graph graph) =>
        graph
            .Nodes.SelectMany(node => node.Inputs.Concat(node.Subgraphs.SelectMany(AllReads)))
            .Concat(graph.Outputs.Select(output => output.Name));

    private void Read(string tensor, Graph reader)
    {
        if (!_readers.TryGetValue(tensor, out HashSet<Graph>? readers))
            _readers[tensor] = readers = [];
        readers.Add(reader);
    }

    /// <summary>The body that a constant belongs into; null: it stays.</summary>
    private Graph? BodyOf(string constant) =>
        _readers.TryGetValue(constant, out HashSet<Graph>? readers) && readers.Count == 1 && readers.First() is var body && body != _graph
            ? body
            : null;
}
