using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Correction;

/// <summary>The numbers of a layer with integer weights, in whichever form it is.</summary>
/// <param name="Input">The position of the weights among the node's inputs.</param>
/// <param name="Axis">Of the output channels.</param>
/// <param name="Scales">One per output channel, or a single one.</param>
/// <param name="Bias">Null: none is added, and none can be.</param>
/// <param name="BiasSteps">What the file rounds biases to, as many as scales; empty where it holds them as floats.</param>
internal sealed record LayerNumbers(
    string Node,
    int Input,
    string Tensor,
    int Axis,
    QuantizationScheme Scheme,
    IReadOnlyList<float> Scales,
    BiasSite? Bias,
    IReadOnlyList<float> BiasSteps
)
{
    /// <summary>
    /// Every layer of a plan that can be corrected:
    /// 1. on integers with fixed ranges, where a bias is added or may be;
    /// 2. on integers with ranges taken in each run;
    /// 3. in float with stored weights, where no other node reads them.
    /// The last two keep the biases that they have.
    /// </summary>
    /// <param name="graph">The FP32 network that plans are written into.</param>
    public static IReadOnlyList<LayerNumbers> In(QuantizationPlan plan, Graph graph)
    {
        GraphIndex index = new(graph);
        Dictionary<string, Node> nodes = [];
        foreach (Node node in graph.Nodes)
            nodes.TryAdd(node.Name, node);
        HashSet<string> stored = [.. plan.Stored.Select(weights => weights.Site.Tensor)];
        return
        [
            .. plan.Weights.Where(weights => weights.Site.Bias is not null).Select(Of),
            .. plan
                .Dynamic.Select(weights =>
                    nodes.TryGetValue(weights.Site.Node, out Node? node)
                        ? InFloat(node, weights.Site.Input, weights.Site.Axis, weights.Site.Scheme, weights.Scales, index, stored)
                        : null
                )
                .OfType<LayerNumbers>(),
            .. plan
                .Stored.Where(weights => weights.Site is { Blocks: null, Gathers.Count: 0 })
                .Select(weights =>
                    index.ReadersOf(weights.Site.Tensor) is [Node node] && node.Inputs.ElementAtOrDefault(1) == weights.Site.Tensor
                        ? InFloat(node, 1, weights.Site.Axis, weights.Site.Scheme, weights.Scales, index, stored)
                        : null
                )
                .OfType<LayerNumbers>(),
        ];
    }

    private static LayerNumbers Of(WeightPlan plan) =>
        new(
            plan.Site.Node,
            plan.Site.Input,
            plan.Site.Tensor,
            plan.Site.Axis,
            plan.Site.Scheme,
            plan.Scales,
            plan.Site.Bias,
            plan.BiasScales
        );

    /// <returns>Null where the scales do not lie along the layer's output channels, or it is none of those that are corrected.</returns>
    private static LayerNumbers? InFloat(
        Node node,
        int input,
        int axis,
        QuantizationScheme scheme,
        IReadOnlyList<float> scales,
        GraphIndex index,
        HashSet<string> stored
    ) =>
        axis == ChannelAxisOf(node)
            ? new LayerNumbers(node.Name, input, node.Inputs[input], axis, scheme, scales, BiasOf(node, index, stored), [])
            : null;

    private static int? ChannelAxisOf(Node node) =>
        node.Is("Conv") ? 0
        : node.Is("MatMul") ? 1
        : node.Is("Gemm") ? (node.IntAttribute("transB", 0) == 0 ? 1 : 0)
        : null;

    /// <summary>A bias in float that nothing else reads.</summary>
    private static BiasSite? BiasOf(Node node, GraphIndex index, HashSet<string> stored)
    {
        const int BiasInput = 2;
        if (!node.Is("MatMul"))
            return SiteOf(node, BiasInput);
        if (index.IsOutput(node.Outputs[0]) || index.ReadersOf(node.Outputs[0]) is not [Node add] || !add.Is("Add"))
            return null;
        int other = 1 - add.Inputs.IndexOf(node.Outputs[0]);
        // A vector lies along the last axis, as the channels do.
        return index.ConstantOf(add.Inputs[other]) is { Dimensions.Count: 1 } ? SiteOf(add, other) : null;

        BiasSite? SiteOf(Node reader, int input)
        {
            string tensor = reader.Inputs.ElementAtOrDefault(input) ?? "";
            return
                index.ConstantOf(tensor) is { Type: ElementType.Float }
                && index.ReadersOf(tensor).Count == 1
                && !index.IsOutput(tensor)
                && !stored.Contains(tensor)
                ? new BiasSite(reader.Name, input, tensor)
                : null;
        }
    }
}
