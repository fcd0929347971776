using Quantizer.Correction.Rounding;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Correction;

/// <summary>The layers whose biases can be corrected, in the order in which they must be.</summary>
internal static class LayerWaves
{
    private static readonly ValueRange Everything = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>Layers of one wave do not depend on each other: what reaches them is the same, whichever is corrected first. Each wave
    /// sees all those before it corrected.</summary>
    /// <param name="rounds">Whether weights are rounded anew, as far as the budget goes.</param>
    public static IReadOnlyList<IReadOnlyList<CorrectedLayer>> Of(OnnxModel fp32, QuantizationPlan plan, TwoStreams streams, bool rounds)
    {
        Graph graph = streams.Model.Graph;
        Dictionary<string, int> order = [];
        for (int node = 0; node < graph.Nodes.Count; node++)
            order.TryAdd(graph.Nodes[node].Name, node);
        GraphIndex index = new(fp32.Graph),
            joined = new(graph);
        CorrectedLayer[] layers =
        [
            .. plan
                .Weights.Where(weights => order.ContainsKey(weights.Site.Node))
                .OrderBy(weights => order[weights.Site.Node])
                .Select(weights => LayerOf(weights, graph.Nodes[order[weights.Site.Node]], fp32.Graph, index, joined, streams))
                .OfType<CorrectedLayer>(),
        ];
        if (rounds)
        {
            IReadOnlySet<CorrectedLayer> rounded = RoundingBudget.Of(layers);
            layers = [.. layers.Select(layer => rounded.Contains(layer) ? layer with { IsRoundedAnew = true } : layer)];
        }
        return InWaves(layers, graph);
    }

    private static CorrectedLayer? LayerOf(
        WeightPlan weights,
        Node node,
        Graph fp32,
        GraphIndex index,
        GraphIndex joined,
        TwoStreams streams
    )
    {
        WeightSite site = weights.Site;
        Node? reference = fp32.Nodes.Find(source => source.Name == site.Node);
        if (
            reference is null
            || site.Bias is not { } biasSite
            || index.ConstantOf(site.Tensor) is not { Type: ElementType.Float } constant
            || joined.ConstantOf(node.Inputs[site.Input]) is not { Type: ElementType.Float } rounded
            || !rounded.Dimensions.SequenceEqual(constant.Dimensions)
            || BiasOf(biasSite, constant.Dimensions[site.Axis], index) is not { } bias
            || !IsPlain(node, constant)
        )
        {
            return null;
        }

        return new CorrectedLayer(
            weights,
            node,
            node.Inputs[site.Input == 0 ? 1 : 0],
            node.Outputs[0],
            streams.ReferenceOf(reference.Outputs[0]),
            BoundOf(reference.Outputs[0], index),
            constant,
            rounded,
            bias
        )
        {
            HasOwnWeights = joined.ReadersOf(rounded.Name).Count == 1,
        };
    }

    /// <summary>One value for each output channel, zeros where there is no bias yet; null where it is another.</summary>
    private static Tensor? BiasOf(BiasSite site, long channels, GraphIndex index) =>
        site.Tensor is null ? Tensor.FromFloats($"{site.Node}_bias", [channels], new float[channels])
        : index.ConstantOf(site.Tensor) is { Type: ElementType.Float } bias && bias.ElementCount == channels ? bias
        : null;

    /// <summary>Whether the output is the product of two matrices, or a convolution, and the bias as it is.</summary>
    private static bool IsPlain(Node node, Tensor weights) =>
        node.Is("Conv")
        || (node.Is("MatMul") && weights.Dimensions.Count == 2)
        || (
            node.Is("Gemm")
            && node.IntAttribute("transA", 0) == 0
            && node.FloatAttribute("alpha", 1f) == 1f
            && node.FloatAttribute("beta", 1f) == 1f
        );

    private static ValueRange BoundOf(string output, GraphIndex index) =>
        !index.IsOutput(output) && index.ReadersOf(output) is [Node reader] && reader.Inputs[0] == output
            ? Clamp.BoundOf(reader, index) ?? Everything
            : Everything;

    private static List<List<CorrectedLayer>> InWaves(IReadOnlyList<CorrectedLayer> layers, Graph graph)
    {
        // For each tensor the last wave that it depends on.
        Dictionary<string, int> waves = [];
        Dictionary<string, CorrectedLayer> byOutput = layers.ToDictionary(layer => layer.Output);
        List<List<CorrectedLayer>> inWaves = [];
        foreach (Node node in graph.Nodes)
        {
            int wave = GraphIndex.ReadBy(node).Select(tensor => waves.GetValueOrDefault(tensor, -1)).DefaultIfEmpty(-1).Max();
            if (node.Outputs.Count > 0 && byOutput.TryGetValue(node.Outputs[0], out CorrectedLayer? layer))
            {
                wave++;
                if (inWaves.Count == wave)
                    inWaves.Add([]);
                inWaves[wave].Add(layer);
            }

            foreach (string output in node.Outputs)
                waves[output] = wave;
        }
        return inWaves;
    }
}
