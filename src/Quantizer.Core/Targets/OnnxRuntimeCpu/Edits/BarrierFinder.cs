using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>
/// 1. Behind an integer matrix product that writes float, in front of a clamp: ONNX Runtime takes the product for one whose
///    clamp disappears into its integer output, finds none, and runs it in float, dequantizing its weights every time. It does the
///    same where some read the product in float and others quantized, in front of the QuantizeLinear.
/// 2. Behind a MaxPool in float whose output is quantized: ONNX Runtime would move the QuantizeLinear in front of the pool,
///    where its integer kernel is some thirty times slower. Needless where the pool changes places with a clamp.
/// 3. Between a node that only moves dequantized values and a body (of an If, Loop or Scan) that reads them: ONNX Runtime would move
///    the DequantizeLinear behind that node, and ends the process when its reader has the value as no input of its own.
/// </summary>
internal static class BarrierFinder
{
    /// <param name="reach">What <see cref="QuantizationReach"/> gives.</param>
    public static IEnumerable<FloatBarrier> Find(PlacedGraph placed, Target target, HashSet<string> reach, IReadOnlyList<PoolSwap> swaps)
    {
        Dictionary<string, Node> byName = placed.Graph.Nodes.ToDictionary(node => node.Name);
        // One that adds its bias itself is an operator of ONNX Runtime's own, in which no clamp can disappear.
        foreach (WeightSite site in placed.Weights.Where(site => site.Bias?.IsInProduct != true))
        {
            Node product = byName[site.Node];
            bool writesFloat =
                !placed.Activations.TryGetValue(placed.OutputBehind(product), out ActivationSite? output) || !output.ForAllReaders;
            string sum = byName[site.Bias?.Node ?? site.Node].Outputs[0];
            bool isClamped = placed.Index.ReadersOf(sum) is [Node reader] && target.RuleOf(reader)?.Role == OperatorRole.Clamping;
            bool isQuantizedForSome = placed.Activations.ContainsKey(sum);
            if (writesFloat && (isClamped || isQuantizedForSome))
                yield return new FloatBarrier(sum);
        }
        HashSet<string> swapped = [.. swaps.Select(swap => swap.Pool)];
        foreach (Node pool in placed.Graph.Nodes)
        {
            if (
                pool.Is("MaxPool")
                && !placed.IsInteger(pool)
                && !swapped.Contains(pool.Name)
                && reach.Contains(pool.Outputs[0])
                && !placed.ReadsIntegers(pool)
            )
            {
                yield return new FloatBarrier(pool.Outputs[0]);
            }
        }
        foreach (string tensor in placed.Graph.Nodes.SelectMany(ReadByBodies).Distinct())
        {
            if (placed.Index.ProducerOf(tensor) is { } maker && Moves(maker) && IsDequantized(maker))
                yield return new FloatBarrier(tensor);
        }

        bool Moves(Node node) => target.RuleOf(node)?.Role is OperatorRole.Moving;

        bool IsDequantized(Node mover) =>
            placed.Activations.ContainsKey(mover.Inputs[0])
            || (placed.Index.ProducerOf(mover.Inputs[0]) is { } maker && Moves(maker) && IsDequantized(maker));
    }

    private static IEnumerable<string> ReadByBodies(Node node) => node.Subgraphs.Any() ? GraphIndex.ReadBy(node).Except(node.Inputs) : [];
}
