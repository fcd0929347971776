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
    private const string Microsoft = "com.microsoft";

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

    /// <summary>Integers of [N, C, axes...] with channels last, padded with what stands for zero, and for each place of the kernel what it
    /// meets there, side by side; their product with the weights, with channels back in front.</summary>
    private List<Node> Convolution(Node node, DynamicPlan plan, DynamicScope scope)
    {
        List<Node> nodes = [];
        string[] activation = Quantize(node.Inputs[0], nodes, scope.Quantized);
        long[] kernel = [.. scope.ConstantOf(plan.Site.Tensor).Dimensions.Skip(2)];
        int axes = kernel.Length;
        string last = Transposed(activation[0], [0, .. Enumerable.Range(2, axes), 1]);
        string padded = node.IntsAttribute("pads") is { } pads && pads.Any(pad => pad != 0) ? Padded(last, pads) : last;
        string covered = Covered(padded, node, kernel, nodes);
        string product = names.New($"{node.Outputs[0]}_channels_last");
        WriteProduct(
            node,
            [covered, activation[1], activation[2]],
            WeightsOf(plan, scope, IntegerTensors.AsMatrix, count => [count]),
            product,
            nodes,
            scope
        );
        nodes.Add(TransposeNode(product, [0, axes + 1, .. Enumerable.Range(1, axes)], node.Outputs[0]));
        return nodes;

        string Transposed(string tensor, int[] order)
        {
            string output = names.New($"{tensor}_channels_last");
            nodes.Add(TransposeNode(tensor, order, output));
            return output;
        }

        Node TransposeNode(string tensor, int[] order, string output) =>
            new("Transpose", [tensor], [output], names.New($"{node.Name}_Transpose"))
            {
                Attributes = [NodeAttribute.Of("perm", order.Select(axis => (long)axis))],
            };

        // Pads are all starts, then all ends; batch and channels have none.
        string Padded(string tensor, IReadOnlyList<long> amounts)
        {
            string output = names.New($"{tensor}_padded");
            string all = Integers($"{node.Name}_pads", [0, .. amounts.Take(axes), 0, 0, .. amounts.Skip(axes), 0]);
            nodes.Add(new Node("Pad", [tensor, all, activation[2]], [output], names.New($"{node.Name}_Pad")));
            return output;
        }
    }

    /// <summary>For each place of the kernel what it meets, one behind the other along the channels.</summary>
    private string Covered(string tensor, Node node, long[] kernel, List<Node> nodes)
    {
        int along = Math.Max(0, Array.FindIndex(kernel, size => size > 1));
        long taps = kernel[along],
            step = node.IntsAttribute("dilations")?[along] ?? 1;
        long[] strides = [.. node.IntsAttribute("strides") ?? kernel.Select(_ => 1L)];
        if (taps == 1 && strides.All(stride => stride == 1))
            return tensor;
        string axes = Integers($"{node.Name}_axes", [.. Enumerable.Range(1, kernel.Length).Select(axis => (long)axis)]),
            steps = Integers($"{node.Name}_steps", strides);
        List<string> places = [];
        for (long tap = 0; tap < taps; tap++)
        {
            // The last place meets the end; each before it stops as much earlier as it begins.
            long behind = (taps - 1 - tap) * step;
            string starts = Integers($"{node.Name}_starts", [.. kernel.Select((_, axis) => axis == along ? tap * step : 0)]),
                ends = Integers(
                    $"{node.Name}_ends",
                    [.. kernel.Select((_, axis) => axis == along && behind > 0 ? -behind : long.MaxValue)]
                );
            places.Add(names.New($"{tensor}_place"));
            nodes.Add(new Node("Slice", [tensor, starts, ends, axes, steps], [places[^1]], names.New($"{node.Name}_Slice")));
        }
        if (places.Count == 1)
            return places[0];
        string output = names.New($"{tensor}_covered");
        nodes.Add(new Node("Concat", places, [output], names.New($"{node.Name}_Concat")) { Attributes = [NodeAttribute.Of("axis", -1)] });
        return output;
    }

    private string Integers(string name, long[] values)
    {
        Tensor constant = Tensor.FromInt64s(names.New(name), [values.Length], values);
        _graph.Initializers.Add(constant);
        return constant.Name;
    }

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
        if (model.OperatorSets.TrueForAll(set => set.Domain != Microsoft))
            model.OperatorSets.Add(new OperatorSet(Microsoft, 1));
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
        return new Node("DynamicQuantizeLSTM", inputs, node.Outputs, node.Name, Microsoft)
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
