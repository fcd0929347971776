using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Weights;

namespace Quantizer.Rewriting;

/// <summary>
/// Writes nodes that take the ranges of their activations in each run: products as DynamicQuantizeLinear, MatMulInteger, Cast, Mul
/// and Add, which runtimes fuse into one or two kernels; a convolution along one axis as such a product of what its kernel covers; an LSTM
/// as DynamicQuantizeLSTM.
/// </summary>
internal sealed class DynamicWriter(OnnxModel model, NameSource names, RoundedWeights rounded)
{
    private readonly Graph _graph = model.Graph;
    private readonly Dictionary<(string Tensor, int Axis, Func<Tensor, Tensor> Layout), (string Integers, string Scales)> _weights = [];

    public void Write(IReadOnlyList<DynamicPlan> plans) => Write(plans.ToLookup(plan => plan.Site.Node), new DynamicScope(_graph));

    /// <summary>Bodies quantize what they read themselves; the weights are the main graph's, so that they are packed once.</summary>
    private void Write(ILookup<string, DynamicPlan> plans, DynamicScope scope)
    {
        List<Node> nodes = [];
        foreach (Node node in scope.Graph.Nodes)
        {
            foreach (Graph body in node.Subgraphs)
                Write(plans, new DynamicScope(body, scope));
            DynamicPlan[] weights = [.. plans[node.Name]];
            nodes.AddRange(
                weights.Length == 0 ? [node]
                : node.Is("LSTM") ? [Recurrent(node, weights[0], weights[1], scope)]
                : node.Is("Conv") ? Convolution(node, weights[0], scope)
                : Product(node, weights[0], scope)
            );
        }
        scope.Graph.Nodes.Clear();
        scope.Graph.Nodes.AddRange(nodes);
    }

    private List<Node> Product(Node node, DynamicPlan plan, DynamicScope scope)
    {
        Func<Tensor, Tensor> layout = node.Is("Gemm") && node.IntAttribute("transB", 0) != 0 ? IntegerTensors.Transposed : AsTheyLie;
        List<Node> nodes = [];
        string[] activation = Quantize(node.Inputs[0], nodes, scope.Quantized);
        WriteProduct(node, activation, WeightsOf(plan, scope, layout, count => [count]), node.Outputs[0], nodes, scope);
        return nodes;
    }

    /// <summary>A product of what the kernel covers.</summary>
    private List<Node> Convolution(Node node, DynamicPlan plan, DynamicScope scope)
    {
        List<Node> nodes = [];
        string[] activation = Quantize(node.Inputs[0], nodes, scope.Quantized);
        CoveredValues covered = new(_graph, names, node, [.. scope.ConstantOf(plan.Site.Tensor).Dimensions.Skip(2)], nodes);
        string values = covered.Of(activation[0], zero: activation[2]),
            product = names.New($"{node.Outputs[0]}_channels_last");
        (string, string) weights = WeightsOf(plan, scope, IntegerTensors.AsMatrix, count => [count]);
        WriteProduct(node, [values, activation[1], activation[2]], weights, product, nodes, scope);
        covered.ChannelsFirst(product, node.Outputs[0]);
        return nodes;
    }

    /// <param name="activation">Integers, scale and zero point.</param>
    private void WriteProduct(
        Node node,
        string[] activation,
        (string Integers, string Scales) weights,
        string output,
        List<Node> nodes,
        DynamicScope scope
    )
    {
        string sum = names.New($"{output}_integers"),
            cast = names.New($"{output}_cast"),
            scale = names.New($"{output}_scale");
        string? bias =
            node.OpType is "Gemm" or "Conv" && node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? VectorOf(node.Inputs[2], scope) : null;
        string product = bias is null ? output : names.New($"{output}_product");
        // Standing for the node that it was, by its name.
        nodes.Add(new Node("MatMulInteger", [activation[0], weights.Integers, activation[2]], [sum], node.Name));
        nodes.Add(
            new Node("Cast", [sum], [cast], names.New($"{node.Name}_Cast"))
            {
                Attributes = [NodeAttribute.Of("to", (long)ElementType.Float)],
            }
        );
        nodes.Add(new Node("Mul", [activation[1], weights.Scales], [scale], names.New($"{node.Name}_scale")));
        nodes.Add(new Node("Mul", [cast, scale], [product], names.New($"{node.Name}_Mul")));
        if (bias is not null)
            nodes.Add(new Node("Add", [product, bias], [output], names.New($"{node.Name}_Add")));
    }

    private static Tensor AsTheyLie(Tensor weights) => weights;

    /// <summary>Integers, scale and zero point of an activation, computed once for all that read it.</summary>
    private string[] Quantize(string tensor, List<Node> nodes, Dictionary<string, string[]> quantized)
    {
        if (quantized.TryGetValue(tensor, out string[]? known))
            return known;
        string[] made = [names.New($"{tensor}_quantized"), names.New($"{tensor}_scale"), names.New($"{tensor}_zero_point")];
        nodes.Add(new Node("DynamicQuantizeLinear", [tensor], made, names.New($"{tensor}_DynamicQuantizeLinear")));
        return quantized[tensor] = made;
    }

    /// <summary>A bias of [1, C] as [C], the only shape that is fused.</summary>
    private string VectorOf(string bias, DynamicScope scope)
    {
        Tensor constant = scope.ConstantOf(bias);
        if (constant.Dimensions.Count == 1)
            return bias;
        Tensor vector = new(names.New($"{bias}_vector"), constant.Type, [constant.ElementCount], constant.Data);
        _graph.Initializers.Add(vector);
        return vector.Name;
    }

    private Node Recurrent(Node node, DynamicPlan input, DynamicPlan recurrent, DynamicScope scope)
    {
        const int OptionalInputs = 8;
        MicrosoftOperators.Import(model);
        long directions = scope.ConstantOf(input.Site.Tensor).Dimensions[0];
        (string weights, string weightScales) = WeightsOf(input, scope, IntegerTensors.Transposed, Shape);
        (string recurrence, string recurrentScales) = WeightsOf(recurrent, scope, IntegerTensors.Transposed, Shape);
        string[] inputs =
        [
            node.Inputs[0],
            weights,
            recurrence,
            .. Enumerable.Range(3, OptionalInputs - 3).Select(at => at < node.Inputs.Count ? node.Inputs[at] : ""),
            weightScales,
            ZeroPoints(weights, Shape(input.Scales.Count)),
            recurrentScales,
            ZeroPoints(recurrence, Shape(recurrent.Scales.Count)),
        ];
        return new Node("DynamicQuantizeLSTM", inputs, node.Outputs, node.Name, MicrosoftOperators.Domain)
        {
            Attributes = [.. node.Attributes.Where(attribute => attribute.Name != "layout")],
        };

        long[] Shape(int scales) => scales == 1 ? [directions] : [directions, scales];
    }

    private string ZeroPoints(string weights, long[] shape)
    {
        Tensor zero = new(
            names.New($"{weights}_zero_point"),
            ElementType.Int8,
            shape,
            new byte[shape.Aggregate(1L, (all, size) => all * size)]
        );
        _graph.Initializers.Add(zero);
        return zero.Name;
    }

    /// <param name="scope">Where the node is that reads them.</param>
    /// <param name="layout">As the operator wants them.</param>
    /// <param name="scaleShape">From the number of scales; where it has room for more, they are repeated.</param>
    private (string Integers, string Scales) WeightsOf(
        DynamicPlan plan,
        DynamicScope scope,
        Func<Tensor, Tensor> layout,
        Func<int, long[]> scaleShape
    )
    {
        DynamicSite site = plan.Site;
        if (_weights.TryGetValue((site.Tensor, site.Axis, layout), out (string, string) written))
            return written;
        UsableScales.Require(site.Tensor, plan.Scales);
        string name = names.New($"{site.Tensor}_quantized");
        Tensor integers =
            plan.Integers?.Renamed(name) ?? rounded.Of(name, scope.ConstantOf(site.Tensor), site.Axis, plan.Scales, site.Scheme);
        long[] shape = scaleShape(plan.Scales.Count);
        int copies = (int)(shape.Aggregate(1L, (all, size) => all * size) / plan.Scales.Count);
        float[] scales = [.. Enumerable.Repeat(plan.Scales, copies).SelectMany(scale => scale)];
        Tensor scale = Tensor.FromFloats(names.New($"{site.Tensor}_scale"), shape, scales);
        _graph.Initializers.AddRange([layout(integers), scale]);
        return _weights[(site.Tensor, site.Axis, layout)] = (name, scale.Name);
    }
}
