using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>Writes QuantizeLinear and DequantizeLinear behind activations and points their readers at them.</summary>
internal sealed class ActivationWriter(Graph graph, NameSource names, ReaderEdits edits)
{
    /// <summary>The axis of channels, along which a fence's vector lies.</summary>
    private const int ChannelAxis = 1;

    private readonly Dictionary<string, (string Scale, string ZeroPoint)> _parameters = [];
    private readonly Dictionary<FloatFence, string> _fences = [];

    /// <summary>Graph outputs, and what nodes with subgraphs read: the subgraphs' own nodes cannot be pointed elsewhere.</summary>
    private readonly HashSet<string> _named =
    [
        .. graph.Outputs.Select(output => output.Name), .. graph.Nodes.Where(node => node.Subgraphs.Any()).SelectMany(GraphIndex.ReadBy),
    ];

    private readonly Lazy<Dictionary<string, Node>> _makers = new(() => graph.Nodes
        .SelectMany(node => node.Outputs.Where(output => output.Length > 0), (node, output) => (node, output))
        .ToDictionary(made => made.output, made => made.node));

    /// <returns>The nodes to put behind each tensor.</returns>
    public Dictionary<string, List<Node>> Write(QuantizationPlan plan)
    {
        Dictionary<string, List<Node>> behind = [];
        ILookup<string, FloatFence> fences = plan.Sites.Fences.ToLookup(fence => fence.Tensor);
        Dictionary<string, int> layouts = plan.Sites.Layouts.ToDictionary(layout => layout.Tensor, layout => layout.Channels);
        HashSet<string> integerNodes = [.. plan.Sites.Nodes.Where(node => node.IsInteger).Select(node => node.Node)];
        foreach (ActivationSite site in plan.Sites.Activations)
        {
            QuantizationParameters parameters = plan.Activations[site.Source].Parameters;
            string made = MakeRoomForOutput(site);
            behind[made] = layouts.TryGetValue(site.Tensor, out int channels)
                ? WriteLayoutConvolution(site, made, parameters, channels, integerNodes)
                : WritePair(site, made, parameters, [.. fences[site.Tensor]], integerNodes);
        }
        return behind;
    }

    private List<Node> WritePair(
        ActivationSite site, string made, QuantizationParameters parameters, IReadOnlyList<FloatFence> fences, HashSet<string> integerNodes)
    {
        (string scale, string zeroPoint) = ParametersOf(site.Source, parameters);
        string quantized = names.New($"{site.Tensor}_quantized");
        string dequantized = made == site.Tensor ? names.New($"{site.Tensor}_dequantized") : site.Tensor;
        foreach (FloatFence fence in fences) edits.Redirect(fence.Node, fence.Input, FenceOf(fence));
        bool isRead = edits.RedirectAll(site.Tensor, dequantized, node => site.ForAllReaders || integerNodes.Contains(node.Name));
        List<Node> pair = [Quantize(site.Tensor, made, quantized, scale, zeroPoint)];
        // ONNX Runtime runs even nodes that nothing reads: where every reader has a fence of its own, there is none.
        if (isRead || made != site.Tensor || fences.Any(fence => fence.Channels is null))
            pair.Add(Dequantize(site.Tensor, quantized, dequantized, scale, zeroPoint));
        pair.AddRange(fences.Select(fence => WriteFence(fence, quantized, dequantized, parameters)));
        return pair;
    }

    /// <summary>
    /// Q -> DQ -> depthwise convolution by one -> Q -> DQ, all in one scale. The weight is 127 steps of 1/127: an integer comes
    /// out as it went in.
    /// </summary>
    private List<Node> WriteLayoutConvolution(ActivationSite site, string made, QuantizationParameters parameters, int channels, HashSet<string> integerNodes)
    {
        const sbyte one = 127;
        (string scale, string zeroPoint) = ParametersOf(site.Source, parameters);
        string tensor = site.Tensor, layout = names.New($"{tensor}_layout"), weights = names.New($"{layout}_weights");
        string before = names.New($"{tensor}_dequantized"), behind = names.New($"{layout}_dequantized");
        sbyte[] ones = new sbyte[channels];
        Array.Fill(ones, one);
        Tensor integers = Tensor.FromInt8s(names.New($"{layout}_ones"), [channels, 1, 1, 1], ones);
        Tensor step = Tensor.FromFloats(names.New($"{layout}_scale"), [], [1f / one]);
        Tensor zero = Tensor.FromInt8s(names.New($"{layout}_zero_point"), [], [0]);
        graph.Initializers.AddRange([integers, step, zero]);
        edits.RedirectAll(tensor, behind, node => integerNodes.Contains(node.Name));
        Node convolution = new("Conv", [before, weights], [layout], names.New($"{layout}_Conv"));
        convolution.Set(NodeAttribute.Of("group", (long)channels));
        convolution.Set(NodeAttribute.Of("kernel_shape", [1L, 1L]));
        (string madeIntegers, string laidIntegers) = (names.New($"{tensor}_quantized"), names.New($"{layout}_quantized"));
        return
        [
            Quantize(tensor, made, madeIntegers, scale, zeroPoint), Dequantize(tensor, madeIntegers, before, scale, zeroPoint),
            Dequantize(weights, integers.Name, weights, step.Name, zero.Name), convolution,
            Quantize(layout, layout, laidIntegers, scale, zeroPoint), Dequantize(layout, laidIntegers, behind, scale, zeroPoint),
        ];
    }

    private Node Quantize(string name, string from, string to, string scale, string zeroPoint) =>
        new("QuantizeLinear", [from, scale, zeroPoint], [to], names.New($"{name}_QuantizeLinear"));

    private Node Dequantize(string name, string from, string to, string scale, string zeroPoint) =>
        new("DequantizeLinear", [from, scale, zeroPoint], [to], names.New($"{name}_DequantizeLinear"));

    /// <summary>
    /// A graph output keeps its name and becomes the dequantized value: an integer kernel whose output is also a graph output
    /// would not be used. So does a tensor that subgraphs read by its name. Returns the name of the tensor to quantize.
    /// </summary>
    private string MakeRoomForOutput(ActivationSite site)
    {
        if (!site.ForAllReaders || !_named.Contains(site.Tensor)) return site.Tensor;
        string made = names.New($"{site.Tensor}_float");
        Node maker = _makers.Value[site.Tensor];
        maker.Outputs[maker.Outputs.IndexOf(site.Tensor)] = made;
        return made;
    }

    private (string Scale, string ZeroPoint) ParametersOf(string source, QuantizationParameters parameters)
    {
        if (_parameters.TryGetValue(source, out (string, string) written)) return written;
        Tensor scale = Tensor.FromFloats(names.New($"{source}_scale"), [], [parameters.Scale]);
        Tensor zeroPoint = ZeroPoints(names.New($"{source}_zero_point"), [], parameters, count: 1);
        graph.Initializers.AddRange([scale, zeroPoint]);
        return _parameters[source] = (scale.Name, zeroPoint.Name);
    }

    private string FenceOf(FloatFence fence) => _fences[fence] = names.New($"{fence.Tensor}_float_for_{fence.Node}");

    private Node WriteFence(FloatFence fence, string quantized, string dequantized, QuantizationParameters parameters)
    {
        if (fence.Channels is not { } channels) return new Node("Sum", [dequantized], [_fences[fence]], names.New($"{fence.Tensor}_Sum_for_{fence.Node}"));
        float[] scales = new float[channels];
        Array.Fill(scales, parameters.Scale);
        Tensor scale = Tensor.FromFloats(names.New($"{fence.Tensor}_scales"), [channels], scales);
        Tensor zeroPoint = ZeroPoints(names.New($"{fence.Tensor}_zero_points"), [channels], parameters, channels);
        graph.Initializers.AddRange([scale, zeroPoint]);
        Node node = new("DequantizeLinear", [quantized, scale.Name, zeroPoint.Name], [_fences[fence]], names.New($"{fence.Tensor}_DequantizeLinear_for_{fence.Node}"));
        node.Set(NodeAttribute.Of("axis", (long)ChannelAxis));
        return node;
    }

    private static Tensor ZeroPoints(string name, long[] shape, QuantizationParameters parameters, int count)
    {
        byte[] values = new byte[count];
        Array.Fill(values, unchecked((byte)parameters.ZeroPoint));
        return new Tensor(name, parameters.Scheme.Type == QuantizedType.UInt8 ? ElementType.UInt8 : ElementType.Int8, shape, values);
    }
}
