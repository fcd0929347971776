using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>
/// 1. Behind an integer matrix product that writes float, in front of a clamp: ONNX Runtime takes the product for one whose
///    clamp disappears into its integer output, finds none, and runs it in float, dequantizing its weights every time.
/// 2. Behind a MaxPool in float whose output is quantized: ONNX Runtime would move the QuantizeLinear in front of the pool,
///    where its integer kernel is some thirty times slower. Needless where the pool changes places with a clamp.
/// </summary>
internal static class BarrierFinder
{
    public static IEnumerable<FloatBarrier> Find(
        Graph graph, GraphIndex index, TargetProfile target, IReadOnlyDictionary<string, ActivationSite> activations,
        IReadOnlyList<WeightSite> weights, IReadOnlyList<PoolSwap> swaps, NodeDecisions decisions)
    {
        Dictionary<string, Node> byName = graph.Nodes.ToDictionary(node => node.Name);
        foreach (WeightSite site in weights)
        {
            Node product = byName[site.Node];
            bool writesFloat = !activations.TryGetValue(decisions.OutputBehind(product), out ActivationSite? output) || !output.ForAllReaders;
            string sum = byName[site.Bias?.Node ?? site.Node].Outputs[0];
            bool isClamped = index.ReadersOf(sum) is [Node reader] && target.RuleOf(reader)?.Role == OperatorRole.Clamping;
            if (writesFloat && isClamped) yield return new FloatBarrier(sum);
        }
        HashSet<string> quantized = QuantizationReach.Of(graph, target, activations.Keys);
        HashSet<string> swapped = [.. swaps.Select(swap => swap.Pool)];
        foreach (Node pool in graph.Nodes)
            if (pool.Is("MaxPool") && !decisions.IsInteger(pool) && !swapped.Contains(pool.Name) && quantized.Contains(pool.Outputs[0]) && !decisions.ReadsIntegers(pool))
                yield return new FloatBarrier(pool.Outputs[0]);
    }
}
