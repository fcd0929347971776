using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Search;

/// <summary>What plans are judged by: a network's outputs, or, where those are selected (<see cref="Decisions"/>), what they are selected
/// by.</summary>
internal sealed class JudgedTensors
{
    private const string Suffix = "/judged";

    private readonly IReadOnlyList<Judged> _all;

    private JudgedTensors(IReadOnlyList<Judged> all) => _all = all;

    /// <summary>As outputs.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(judged => judged.Name)];

    /// <summary>In the FP32 network.</summary>
    public IReadOnlyList<string> Tensors => [.. _all.Select(judged => judged.Tensor)];

    /// <summary>Whether all are outputs that the network has.</summary>
    public bool AreOutputs => _all.All(judged => judged.Reader is null);

    /// <summary>Whether the network gives something else, selected by this.</summary>
    public bool Selects(string name) => _all.Any(judged => judged.Name == name && judged.Reader is not null);

    /// <summary>Whether these are a Softmax's probabilities of classes.</summary>
    public IReadOnlySet<string> ProbabilitiesIn(Graph graph)
    {
        GraphIndex index = new(graph);
        return _all.Where(judged => LogProbabilities.AreGivenBy(index.ProducerOf(judged.Tensor))).Select(judged => judged.Name).ToHashSet();
    }

    /// <summary>Opens a model with what it is judged by as its outputs.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model.</exception>
    public static (InferenceModel Opened, JudgedTensors Judged) Open(OnnxModel model)
    {
        InferenceModel? session = InferenceModel.Load(model);
        try
        {
            string[] outputs = FloatsOf(session);
            bool areFloats = outputs.Length > 0;
            // A network of class numbers that hang on nothing else: how many are still the same says something, too.
            if (!areFloats)
                outputs = [.. session.Outputs.Where(output => OutputValues.Supports(output.Type)).Select(output => output.Name)];
            outputs = TouchedOutputs.Of(model.Graph, outputs);
            if (HiddenIn(model, outputs, areFloats) is { } hidden)
                return hidden;
            InferenceModel opened = session;
            session = null;
            return (opened, new JudgedTensors([.. outputs.Select(Plain)]));
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <summary>Opens a model with what its outputs are selected by in their place.</summary>
    /// <param name="outputs">Some of the model's.</param>
    /// <param name="areFloats">Whether those are floats.</param>
    /// <returns>Null where none is selected by floats.</returns>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model.</exception>
    public static (InferenceModel Opened, JudgedTensors Judged)? HiddenIn(
        OnnxModel model,
        IReadOnlyList<string> outputs,
        bool areFloats = false
    )
    {
        JudgedTensors inside = InFrontOf(outputs, new Decisions(model.Graph), areFloats);
        if (inside.AreOutputs)
            return null;
        InferenceModel opened = InferenceModel.Load(inside.With(model, judged => judged.Tensor));
        // Numbers of boxes and places select, too, but change only with what selects them.
        HashSet<string> floats = [.. FloatsOf(opened)];
        if (floats.Count > 0)
            return (opened, new JudgedTensors([.. inside._all.Where(judged => floats.Contains(judged.Name))]));
        opened.Dispose();
        return null;
    }

    private static string[] FloatsOf(InferenceModel session) =>
        [.. session.Outputs.Where(output => output.Type == ElementType.Float).Select(output => output.Name)];

    private static JudgedTensors InFrontOf(IReadOnlyList<string> outputs, Decisions decisions, bool areFloats)
    {
        ILookup<bool, string> bySelection = outputs.ToLookup(output =>
            decisions.Selects(output) || (!areFloats && decisions.IsStep(output))
        );
        IEnumerable<Judged> inside = bySelection[true]
            .SelectMany(output => decisions.InFrontOf(output) is { Count: > 0 } points ? points.Select(Read) : [Plain(output)]);
        return new JudgedTensors([.. bySelection[false].Select(Plain).Concat(inside).DistinctBy(judged => judged.Tensor)]);
    }

    private static Judged Plain(string output) => new(output, output, Reader: null);

    private static Judged Read((Node Node, int Input) point)
    {
        string tensor = point.Node.Inputs[point.Input];
        return new Judged(tensor + Suffix, tensor, (point.Node.Name, point.Input));
    }

    /// <summary>The model with these as its outputs; itself where it has them.</summary>
    /// <param name="model">The network, or what was made of it: nodes have kept their names, and what they read may have another.</param>
    /// <exception cref="QuantizationException">A node that reads one of them is no longer there.</exception>
    public OnnxModel In(OnnxModel model)
    {
        if (AreOutputs)
            return model;
        Dictionary<string, Node> nodes = [];
        foreach (Node node in model.Graph.Nodes)
            nodes.TryAdd(node.Name, node);
        return With(
            model,
            judged =>
                judged.Reader is not var (name, input) ? judged.Tensor
                : nodes.TryGetValue(name, out Node? reader) ? reader.Inputs[input]
                : throw new QuantizationException($"Node '{name}', by whose inputs plans are judged, is not in the quantized graph.")
        );
    }

    private OnnxModel With(OnnxModel model, Func<Judged, string> tensorOf)
    {
        IEnumerable<Node> shown = _all.Where(judged => judged.Reader is not null)
            .Select(judged => new Node("Identity", [tensorOf(judged)], [judged.Name]) { Name = judged.Name });
        return ModelVariants.WithNodesAndOutputs(model, [.. model.Graph.Nodes, .. shown], Names);
    }

    /// <param name="Name">Of the output to judge.</param>
    /// <param name="Tensor">In the FP32 network.</param>
    /// <param name="Reader">The node that reads it and the number of that input; null for an output of the network.</param>
    private sealed record Judged(string Name, string Tensor, (string Node, int Input)? Reader);
}
