using System.Numerics.Tensors;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting.Details;
using Tensor = Quantizer.Graphs.Tensor;

namespace Quantizer.Details;

/// <summary>The weights of a plan, channel by channel.</summary>
internal static class ChannelExtremes
{
    /// <param name="graph">The FP32 graph that was quantized.</param>
    public static IReadOnlyList<WeightRange> Of(Graph graph, QuantizationPlan plan)
    {
        GraphIndex index = new(graph);
        (string Tensor, int Axis, int Scales)[] weights =
        [
            .. plan.Weights.Select(weight => (weight.Site.Tensor, weight.Site.Axis, weight.Scales.Count)),
            .. plan.Dynamic.Select(weight => (weight.Site.Tensor, weight.Site.Axis, weight.Scales.Count)),
            .. plan.Stored.Select(weight => (weight.Site.Tensor, weight.Site.Axis, weight.Scales.Count)),
        ];
        Dictionary<string, int> order = [];
        for (int node = 0; node < graph.Nodes.Count; node++)
            order[graph.Nodes[node].Name] = node;
        return
        [
            .. weights
                .DistinctBy(weight => (weight.Tensor, weight.Axis))
                .Select(weight =>
                    (weight.Axis, weight.Scales, Constant: index.ConstantOf(weight.Tensor)!, Reader: index.ReadersOf(weight.Tensor)[0])
                )
                .OrderBy(weight => order[weight.Reader.Name])
                .Select(weight => Of(weight.Constant, weight.Reader.Name, weight.Scales == 1 ? -1 : weight.Axis)),
        ];
    }

    /// <summary>The weights that a file of any tool holds as integers, with the values that the FP32 one has in their place: at the same
    /// input of the node of the same name.</summary>
    public static IReadOnlyList<WeightRange> Of(Graph fp32, Graph int8)
    {
        GraphIndex reference = new(fp32),
            index = new(int8);
        Dictionary<string, Node> originals = [];
        foreach (Node node in fp32.Nodes)
            originals[node.Name] = node;
        List<WeightRange> found = [];
        foreach (Node node in int8.Nodes)
        {
            for (int input = 0; input < node.Inputs.Count; input++)
            {
                if (
                    AxisOf(node, input, index) is { } axis
                    && originals.TryGetValue(node.Name, out Node? original)
                    && original.Inputs.Count > input
                    && reference.ConstantOf(original.Inputs[input]) is { Type: ElementType.Float } constant
                )
                {
                    found.Add(Of(constant, node.Name, axis));
                }
            }
        }
        return [.. found.DistinctBy(weight => (weight.Name, weight.Axis))];
    }

    /// <summary>The axis that scales lie along where an operand is made of constant integers; -1: one for all; null: it is not.</summary>
    private static int? AxisOf(Node node, int input, GraphIndex index)
    {
        const int Weights = 1,
            WeightScales = 3;
        (string constant, string scales, int along) =
            index.ProducerOf(node.Inputs[input]) is { OpType: "DequantizeLinear" } stored
                ? (stored.Inputs[0], stored.Inputs[1], (int)stored.IntAttribute("axis", 1))
            : node.OpType == "MatMulIntegerToFloat" && input == Weights ? (node.Inputs[input], node.Inputs[WeightScales], -1)
            : ("", "", 0);
        if (index.ConstantOf(constant) is not { Dimensions.Count: > 1 and var rank })
            return null;
        along += along < 0 ? rank : 0;
        return index.ConstantOf(scales) is { ElementCount: > 1 } && along >= 0 && along < rank ? along : -1;
    }

    /// <param name="axis">-1: one scale for all.</param>
    public static WeightRange Of(Tensor constant, string node, int axis)
    {
        float[][] channels = axis < 0 ? [constant.Values<float>().ToArray()] : WeightPlanner.Channels(constant, axis);
        int folded = Math.Max(1, (channels.Length + WeightRange.MostChannels - 1) / WeightRange.MostChannels);
        float[][][] groups = [.. channels.Where(channel => channel.Length > 0).Chunk(folded)];
        return new WeightRange(
            constant.Name,
            node,
            axis,
            [.. groups.Select(group => group.Min(channel => TensorPrimitives.Min<float>(channel)))],
            [.. groups.Select(group => group.Max(channel => TensorPrimitives.Max<float>(channel)))]
        );
    }
}
