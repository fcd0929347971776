using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Contract.Edits;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>Writes QuantizeLinear and DequantizeLinear behind activations and points their readers at them.</summary>
internal sealed class ActivationWriter(Graph graph, NameSource names, ReaderRedirection readers)
{
    private readonly Dictionary<string, (string Scale, string ZeroPoint)> _parameters = [];

    /// <summary>Graph outputs, and what nodes with subgraphs read: the subgraphs' own nodes cannot be pointed elsewhere.</summary>
    private readonly HashSet<string> _named =
    [
        .. graph.Outputs.Select(output => output.Name),
        .. graph.Nodes.Where(node => node.Subgraphs.Any()).SelectMany(GraphIndex.ReadBy),
    ];

    private readonly Lazy<Dictionary<string, Node>> _makers = new(() =>
        graph
            .Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0), (node, output) => (node, output))
            .ToDictionary(made => made.output, made => made.node)
    );

    /// <returns>The nodes to put behind each tensor.</returns>
    public Dictionary<string, List<Node>> Write(QuantizationPlan plan)
    {
        Dictionary<string, List<Node>> behind = [];
        ILookup<string, PrivateRead> reads = plan.Sites.Edits.Reads.ToLookup(read => read.Tensor);
        Dictionary<string, PairReplacement> pairs = plan.Sites.Edits.Pairs.ToDictionary(pair => pair.Tensor);
        HashSet<string> integerNodes = [.. plan.Sites.Nodes.Where(node => node.Form == NodeForm.Static).Select(node => node.Node)];
        foreach (ActivationSite site in plan.Sites.Activations)
        {
            QuantizationParameters parameters = plan.Activations[site.Source].Parameters;
            string made = MakeRoomForOutput(site);
            (string scale, string zeroPoint) = ParametersOf(site.Source, parameters);
            TensorWriting writing = new(graph, names, readers, integerNodes, site.Tensor, parameters, scale, zeroPoint);
            behind[made] =
            [
                .. pairs.TryGetValue(site.Tensor, out PairReplacement? pair)
                    ? pair.Write(writing, made)
                    : WritePair(site, made, writing, [.. reads[site.Tensor]]),
            ];
        }
        return behind;
    }

    private List<Node> WritePair(ActivationSite site, string made, TensorWriting writing, IReadOnlyList<PrivateRead> reads)
    {
        string quantized = names.New($"{site.Tensor}_quantized");
        string dequantized = made == site.Tensor ? names.New($"{site.Tensor}_dequantized") : site.Tensor;
        string[] own = [.. reads.Select(read => names.New($"{read.Tensor}_float_for_{read.Node}"))];
        for (int i = 0; i < reads.Count; i++)
            readers.Redirect(reads[i].Node, reads[i].Input, own[i]);
        bool isRead = writing.Redirect(dequantized, integerReadersOnly: !site.ForAllReaders);
        List<Node> pair = [writing.Quantize(site.Tensor, made, quantized)];
        // ONNX Runtime runs even nodes that nothing reads: where every reader has a node of its own, there is none.
        if (isRead || made != site.Tensor || reads.Any(read => read.ReadsDequantized))
            pair.Add(writing.Dequantize(site.Tensor, quantized, dequantized));
        for (int i = 0; i < reads.Count; i++)
            pair.Add(reads[i].Write(writing, quantized, dequantized, own[i]));
        return pair;
    }

    /// <summary>
    /// A graph output keeps its name and becomes the dequantized value: an integer kernel whose output is also a graph output
    /// would not be used. So does a tensor that subgraphs read by its name. Returns the name of the tensor to quantize.
    /// </summary>
    private string MakeRoomForOutput(ActivationSite site)
    {
        if (!site.ForAllReaders || !_named.Contains(site.Tensor))
            return site.Tensor;
        string made = names.New($"{site.Tensor}_float");
        Node maker = _makers.Value[site.Tensor];
        maker.Outputs[maker.Outputs.IndexOf(site.Tensor)] = made;
        return made;
    }

    /// <summary>Tensors that are moved from one another share the constants, too.</summary>
    private (string Scale, string ZeroPoint) ParametersOf(string source, QuantizationParameters parameters)
    {
        if (_parameters.TryGetValue(source, out (string, string) written))
            return written;
        UsableScales.Require(source, [parameters.Scale]);
        Tensor scale = Tensor.FromFloats(names.New($"{source}_scale"), [], [parameters.Scale]);
        Tensor zeroPoint = IntegerTensors.ZeroPoints(names.New($"{source}_zero_point"), parameters, count: null);
        graph.Initializers.AddRange([scale, zeroPoint]);
        return _parameters[source] = (scale.Name, zeroPoint.Name);
    }
}
