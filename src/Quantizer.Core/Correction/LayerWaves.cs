using Quantizer.Correction.Rounding;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
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
            .. LayerNumbers
                .In(plan, fp32.Graph)
                .Where(layer => order.ContainsKey(layer.Node))
                .OrderBy(layer => order[layer.Node])
                .Select(layer => LayerOf(layer, graph.Nodes[order[layer.Node]], fp32.Graph, index, joined, streams))
                .OfType<CorrectedLayer>(),
        ];
        if (rounds)
        {
            IReadOnlySet<CorrectedLayer> rounded = RoundingBudget.Of(layers);
            layers = [.. layers.Select(layer => rounded.Contains(layer) ? layer with { IsRoundedAnew = true } : layer)];
        }
        return InWaves([.. layers.Where(layer => layer.IsRoundedAnew || layer.Bias is not null)], graph);
    }

    private static CorrectedLayer? LayerOf(
        LayerNumbers numbers,
        Node node,
        Graph fp32,
        GraphIndex index,
        GraphIndex joined,
        TwoStreams streams
    )
    {
        Node? reference = fp32.Nodes.Find(source => source.Name == numbers.Node);
        if (
            reference is null
            || index.ConstantOf(numbers.Tensor) is not { Type: ElementType.Float } constant
            || joined.ConstantOf(node.Inputs[numbers.Input]) is not { Type: ElementType.Float } rounded
            || !rounded.Dimensions.SequenceEqual(constant.Dimensions)
            || !IsPlain(node, constant)
        )
        {
            return null;
        }
        Tensor? bias = numbers.Bias is { } site ? BiasOf(site, constant.Dimensions[numbers.Axis], index) : null;
        if (bias is null && numbers.BiasSteps.Count > 0)
            return null;

        return new CorrectedLayer(
            numbers,
            node,
            node.Inputs[numbers.Input == 0 ? 1 : 0],
            node.Outputs[0],
            streams.ReferenceOf(reference.Outputs[0]),
            BoundOf(reference.Outputs[0], index),
            constant,
            rounded,
            bias
        )
        {
            HasOwnWeights = joined.ReadersOf(rounded.Name).Count == 1 && !streams.IsShared(rounded.Name),
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
