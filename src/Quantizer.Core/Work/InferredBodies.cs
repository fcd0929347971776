using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>
/// The work of nodes inside bodies as it follows from the sizes of what the bodies read, where nothing was run: of two branches the one
/// with more work counts, and a round of a Scan, or of a Loop whose number of rounds is constant, counts as often as there are rounds.
/// </summary>
internal sealed class InferredBodies
{
    private readonly OnnxModel _model;
    private readonly Dictionary<string, long?> _work = [];

    private InferredBodies(OnnxModel model) => _model = model;

    /// <summary>By node name, of the nodes that work is counted of; null where it is not known.</summary>
    /// <param name="tensors">Types and shapes of the main graph's tensors.</param>
    public static IReadOnlyDictionary<string, long?> Of(OnnxModel model, IReadOnlyDictionary<string, TensorSignature> tensors)
    {
        InferredBodies bodies = new(model);
        bodies.Count(model.Graph, new GraphIndex(model.Graph), tensors, rounds: 1);
        return bodies._work;
    }

    /// <summary>Counts the bodies of a graph's nodes.</summary>
    /// <param name="rounds">How often the graph runs; null: that is not known.</param>
    private void Count(Graph graph, GraphIndex index, IReadOnlyDictionary<string, TensorSignature> tensors, long? rounds)
    {
        foreach (Node node in graph.Nodes)
        {
            Graph[] bodies = [.. node.Subgraphs];
            if (!bodies.SelectMany(body => body.EveryNode).Any(WorkTable.Asks))
                continue;
            BodyInputs inputs = BodyInputs.Of(node, index, tensors);
            foreach (Graph body in bodies)
                CountBody(body, inputs, index, tensors, rounds * inputs.Rounds);
            if (node.Is("If"))
                KeepLargest(bodies);
        }
    }

    private void CountBody(
        Graph body,
        BodyInputs inputs,
        GraphIndex outer,
        IReadOnlyDictionary<string, TensorSignature> around,
        long? rounds
    )
    {
        GraphIndex index = new(body, outer);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorsOf(body, inputs, outer, around);
        Func<string, IReadOnlyList<long>?> shapeOf = SampleShapes.Declared(body, tensors);
        foreach (Node node in body.Nodes.Where(WorkTable.Asks))
            _work[node.Name] = rounds * WorkTable.Of(node, name => outer.ConstantOf(name)?.Dimensions ?? shapeOf(name));
        Count(body, index, tensors, rounds);
    }

    /// <summary>As ONNX Runtime infers them of the body as a model of its own; those around it where it refuses that.</summary>
    private IReadOnlyDictionary<string, TensorSignature> TensorsOf(
        Graph body,
        BodyInputs inputs,
        GraphIndex outer,
        IReadOnlyDictionary<string, TensorSignature> around
    )
    {
        HashSet<string> own = [.. body.Inputs.Select(input => input.Name), .. body.Initializers.Select(tensor => tensor.Name)];
        own.UnionWith(body.Nodes.SelectMany(node => node.Outputs));
        string[] read = [.. body.Nodes.SelectMany(GraphIndex.ReadBy).Distinct().Where(tensor => !own.Contains(tensor))];
        Graph alone = new()
        {
            Name = body.Name,
            Nodes = body.Nodes,
            Initializers = [.. body.Initializers, .. read.Select(outer.ConstantOf).OfType<Tensor>()],
            Inputs =
            [
                .. body.Inputs.Select((input, at) => inputs.Declared(input, at)),
                .. read.Where(tensor => outer.ConstantOf(tensor) is null && around.ContainsKey(tensor))
                    .Select(tensor => Input(around[tensor])),
            ],
            Outputs = [.. body.Outputs.Where(output => body.Nodes.Exists(node => node.Outputs.Contains(output.Name)))],
        };
        OnnxModel model = new(alone) { IrVersion = _model.IrVersion, OperatorSets = _model.OperatorSets };
        try
        {
            Dictionary<string, TensorSignature> tensors = new(around);
            foreach ((string name, TensorSignature signature) in TensorShapes.Of(model))
                tensors[name] = signature;
            return tensors;
        }
        catch (QuantizationException)
        {
            return around;
        }
    }

    private static ValueInfo Input(TensorSignature signature) => new(signature.Name, signature.Type, signature.Shape?.ToList());

    private void KeepLargest(Graph[] branches)
    {
        foreach (Graph branch in branches.OrderByDescending(WorkOf).Skip(1))
        {
            foreach (Node node in branch.EveryNode.Where(node => _work.GetValueOrDefault(node.Name) is not null))
                _work[node.Name] = 0;
        }
    }

    private long WorkOf(Graph branch) => branch.EveryNode.Sum(node => _work.GetValueOrDefault(node.Name) ?? 0);
}
