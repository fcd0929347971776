using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>
/// Moves constants that only one body reads into that body, again and again: runtimes pack weights for their kernels where they lie
/// in the graph of the node or in the one right around it, and read them slowly from further out (an LSTM on integers two bodies deep
/// took twice the time). Whatever a body reads from outside is handed to it anew in each run, besides. What is made of constants alone
/// moves with them. Weights of convolutions over pictures that several bodies read (the branches of an If that mirrors or does not)
/// go into each of them: ONNX Runtime lays out channels for its fast kernels only where a graph has the weights itself, and takes
/// twice the time elsewhere.
/// </summary>
internal sealed class NearConstants
{
    /// <summary>All in all. What lies in bodies is part of the serialized model, of which there can be 2 GiB.</summary>
    private const long MostBytes = 1 << 28;

    private readonly Graph _graph;
    private readonly NameSource _names;
    private readonly HashSet<string> _constants;
    private readonly Dictionary<string, HashSet<Graph>> _readers = [];

    /// <summary>What convolutions in bodies compute with.</summary>
    private readonly HashSet<string> _wantedInEach = [];

    /// <param name="outer">Constants of the graphs around this one.</param>
    private NearConstants(Graph graph, NameSource names, IEnumerable<string> outer)
    {
        (_graph, _names) = (graph, names);
        _constants = [.. outer, .. graph.Initializers.Select(tensor => tensor.Name)];
    }

    public static void Move(Graph graph, NameSource names)
    {
        HashSet<string> read = [.. graph.Nodes.Where(node => node.Subgraphs.Any()).SelectMany(GraphIndex.ReadBy)];
        if (graph.Initializers.Where(tensor => read.Contains(tensor.Name)).Sum(tensor => (long)tensor.Data.Length) <= MostBytes)
            Move(graph, names, []);
    }

    private static void Move(Graph graph, NameSource names, IEnumerable<string> outer)
    {
        Graph[] bodies = [.. graph.Nodes.SelectMany(node => node.Subgraphs)];
        if (bodies.Length == 0)
            return;
        NearConstants near = new(graph, names, outer);
        near.MoveAll(bodies);
        foreach (Graph body in bodies)
            Move(body, names, near._constants);
    }

    private void MoveAll(Graph[] bodies)
    {
        IReadOnlyList<Node> makers = MakersAndReads(bodies);
        HashSet<Node> moved = [];
        // What is made of a constant before the constant itself.
        foreach (Node maker in Enumerable.Reverse(makers))
        {
            IReadOnlyList<Graph> bodiesOf = BodiesOf(maker.Outputs[0]);
            foreach (string input in maker.Inputs)
            {
                foreach (Graph owner in bodiesOf.DefaultIfEmpty(_graph))
                    Read(input, owner);
                if (_wantedInEach.Contains(maker.Outputs[0]))
                    _wantedInEach.Add(input);
            }
            for (int i = 0; i < bodiesOf.Count; i++)
                bodiesOf[i].Nodes.Insert(0, i == 0 ? maker : CopyOf(maker));
            if (bodiesOf.Count > 0)
                moved.Add(maker);
        }
        _graph.Nodes.RemoveAll(moved.Contains);
        HashSet<Tensor> movedConstants = [];
        foreach (Tensor tensor in _graph.Initializers)
        {
            IReadOnlyList<Graph> bodiesOf = BodiesOf(tensor.Name);
            foreach (Graph body in bodiesOf)
                body.Initializers.Add(tensor);
            if (bodiesOf.Count > 0)
                movedConstants.Add(tensor);
        }
        _graph.Initializers.RemoveAll(movedConstants.Contains);
    }

    /// <summary>Its output has the same name: bodies do not see each other.</summary>
    private Node CopyOf(Node maker) =>
        new(maker.OpType, maker.Inputs, maker.Outputs, _names.New(maker.Name), maker.Domain) { Attributes = [.. maker.Attributes] };

    /// <summary>Nodes that make constants of constants, after noting who reads what beside them.</summary>
    private IReadOnlyList<Node> MakersAndReads(Graph[] bodies)
    {
        IReadOnlyList<Node> makers = ConstantMaking.In(_graph, _constants);
        foreach (string input in _graph.Nodes.Except(makers).SelectMany(node => node.Inputs))
            Read(input, _graph);
        foreach (ValueInfo declared in _graph.Inputs.Concat(_graph.Outputs))
            Read(declared.Name, _graph);
        HashSet<string> pictureWeights = PictureWeights(makers);
        foreach (Graph body in bodies)
        {
            foreach (string read in AllReads(body))
                Read(read, body);
            foreach (Node convolution in body.EveryNode.Where(node => node.Is("Conv") && pictureWeights.Contains(node.Inputs[1])))
                _wantedInEach.UnionWith(convolution.Inputs.Skip(1));
        }
        return makers;
    }

    /// <summary>Constants of four axes, and what is made of them: only of pictures channels are laid out.</summary>
    private HashSet<string> PictureWeights(IEnumerable<Node> makers)
    {
        const int PictureRank = 4;
        HashSet<string> found =
        [
            .. _graph.Initializers.Where(tensor => tensor.Dimensions.Count == PictureRank).Select(tensor => tensor.Name),
        ];
        foreach (Node maker in makers.Where(maker => maker.Inputs.Count > 0 && found.Contains(maker.Inputs[0])))
            found.Add(maker.Outputs[0]);
        return found;
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

    /// <summary>The bodies that a constant belongs into; none: it stays.</summary>
    private IReadOnlyList<Graph> BodiesOf(string constant) =>
        _readers.TryGetValue(constant, out HashSet<Graph>? readers)
        && !readers.Contains(_graph)
        && (readers.Count == 1 || _wantedInEach.Contains(constant))
            ? [.. readers]
            : [];
}
