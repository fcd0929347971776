using Quantizer.Execution.Observation;
using Quantizer.Graphs;

namespace Quantizer.Calibration.Observation;

/// <summary>
/// Puts observing nodes into the graph that ONNX Runtime saved, optimized, with the observed tensors as outputs. As nodes
/// behind the tensors they cost less than outputs do: an output must be kept until the run ends, which fills memory and
/// empties caches. And convolutional networks are read in the blocked layout (NCHWc) of their kernels: giving tensors
/// out in the ordinary layout costs a reordering of each, up to 50 % of the inference, and statistics do not care for
/// the order of values.
/// </summary>
internal sealed class ObservedGraph
{
    /// <summary>Blocks are 4, 8 or 16 channels, by processor: a multiple of this has no padding anywhere.</summary>
    private const int LargestBlock = 16;

    private const string BlockedDomain = "com.microsoft.nchwc";
    private static readonly string[] ZeroKeepingActivations = ["Relu", "LeakyRelu", "Tanh"];
    private static readonly string[] ZeroKeepingOperators = ["Relu", "LeakyRelu", "Tanh", "Add", "Sum", "Mul"];
    private static readonly string[] Pools = ["MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "Upsample"];

    private readonly OnnxModel _model;
    private readonly GraphIndex _index;
    private readonly HashSet<Node> _removed = [];
    private readonly Dictionary<Node, List<Node>> _observers = [];
    private readonly Dictionary<string, string> _observed = [];

    private ObservedGraph(OnnxModel optimized)
    {
        _model = optimized;
        _index = new GraphIndex(optimized.Graph);
    }

    /// <summary>
    /// Changes the model. Load it without any optimization, which it has had. Tensors other than float stay outputs.
    /// </summary>
    /// <param name="optimized">What ONNX Runtime made of a model with the tensors as outputs.</param>
    /// <param name="tensors">The tensors to observe, in the order of their numbers.</param>
    /// <returns>How to read each of them; null when a tensor cannot be observed like this.</returns>
    public static IReadOnlyList<Tap>? Insert(OnnxModel optimized, IReadOnlyList<string> tensors)
    {
        ObservedGraph graph = new(optimized);
        Dictionary<string, ElementType> types = optimized.Graph.Outputs.ToDictionary(output => output.Name, output => output.Type);
        List<Tap> taps = [];
        foreach (string tensor in tensors)
        {
            if (!types.TryGetValue(tensor, out ElementType type) || graph._index.ProducerOf(tensor) is not { } producer)
                return null;
            taps.Add(type == ElementType.Float ? graph.Observe(taps.Count, tensor, producer) : new Tap(tensor, tensor));
        }
        graph.Rewrite(taps);
        return taps;
    }

    private Tap Observe(int number, string tensor, Node producer)
    {
        if (!IsReadableBlocked(tensor, producer))
        {
            AddObserver(number, tensor, producer);
            return new Tap(tensor);
        }
        _removed.Add(producer);
        string blocked = producer.Inputs[0];
        AddObserver(number, blocked, _index.ProducerOf(blocked)!);
        return new Tap(tensor, Channels: ChannelsOf(producer));
    }

    private void AddObserver(int number, string tensor, Node producer)
    {
        string seen = $"{tensor}/observed{number}";
        if (!_observers.TryGetValue(producer, out List<Node>? observers))
            _observers[producer] = observers = [];
        observers.Add(ObserverOperator.Node(number, _observed.GetValueOrDefault(tensor, tensor), seen));
        _observed[tensor] = seen;
    }

    /// <summary>What was reordered only to be read is no longer; what reads an observed tensor now reads it from its observer.</summary>
    private void Rewrite(List<Tap> taps)
    {
        Graph graph = _model.Graph;
        foreach (Node node in graph.Nodes)
        {
            for (int i = 0; i < node.Inputs.Count; i++)
                node.Inputs[i] = _observed.GetValueOrDefault(node.Inputs[i], node.Inputs[i]);
        }

        List<Node> nodes =
        [
            .. graph
                .Nodes.Where(node => !_removed.Contains(node))
                .SelectMany(node => (IEnumerable<Node>)[node, .. _observers.GetValueOrDefault(node, [])]),
        ];
        graph.Nodes.Clear();
        graph.Nodes.AddRange(nodes);
        graph.Outputs.Clear();
        graph.Outputs.AddRange(
            taps.Select(tap => tap.Output).OfType<string>().Select(name => new ValueInfo(name, ElementType.Undefined, null))
        );
        if (graph.Outputs.Count == 0)
            AddConstantOutput(graph, $"{_observed.Values.Last()}/output");
        _model.OperatorSets.Add(ObserverOperator.OperatorSet);
    }

    /// <summary>A graph must have an output: this one costs nothing, and always fits where the run before left it.</summary>
    private static void AddConstantOutput(Graph graph, string name)
    {
        graph.Initializers.Add(Tensor.FromFloats(name, [1], [0f]));
        graph.Outputs.Add(new ValueInfo(name, ElementType.Float, [1]));
    }

    /// <summary>
    /// Whether a tensor was reordered for no other reason than to be read, and the channels that pad it in the blocked layout
    /// surely hold zeros, so that they can be taken off the count of zeros. A fused Sigmoid makes them 0.5.
    /// </summary>
    private bool IsReadableBlocked(string tensor, Node producer) =>
        IsBlocked(producer, "ReorderOutput")
        && ChannelsOf(producer) > 0
        && _index.ReadersOf(tensor).Count == 0
        && (ChannelsOf(producer) % LargestBlock == 0 || KeepsZero(producer.Inputs[0]));

    private bool KeepsZero(string tensor)
    {
        if (_index.ProducerOf(tensor) is not { } node)
            return false;
        if (IsBlocked(node, "ReorderInput"))
            return true;
        // Padded filters and biases are zero, whatever comes in; the fourth input is added to the result.
        if (IsBlocked(node, "Conv"))
            return ActivationKeepsZero(node) && node.Inputs.Skip(3).All(sum => sum.Length == 0 || KeepsZero(sum));
        if (node.Domain == BlockedDomain)
            return Pools.Contains(node.OpType) && KeepsZero(node.Inputs[0]);
        return node.Domain.Length == 0 && ZeroKeepingOperators.Contains(node.OpType) && node.Inputs.TrueForAll(KeepsZero);
    }

    private static bool ActivationKeepsZero(Node convolution)
    {
        string activation = convolution.StringAttribute("activation", absent: "");
        if (activation != "Clip")
            return activation.Length == 0 || ZeroKeepingActivations.Contains(activation);
        return convolution.Attribute("activation_params")?.Value is AttributeValue.FloatList { Values: [float min, float max] }
            && min <= 0f
            && max >= 0f;
    }

    private static long ChannelsOf(Node reorder) => reorder.IntAttribute("channels", absent: 0);

    private static bool IsBlocked(Node node, string opType) => node.OpType == opType && node.Domain == BlockedDomain;
}
