using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>Finds the pools that change places with the clamp in front of them.</summary>
internal static class PoolSwapFinder
{
    /// <param name="reach">What <see cref="QuantizationReach"/> gives.</param>
    public static IEnumerable<PoolSwap> Find(PlacedGraph placed, HashSet<string> reach)
    {
        GraphIndex index = placed.Index;
        foreach (Node pool in placed.Graph.Nodes)
        {
            if (!pool.Is("MaxPool") || placed.IsInteger(pool) || !reach.Contains(pool.Outputs[0]) || pool.Outputs.Count != 1)
                continue;
            if (index.ProducerOf(pool.Inputs[0]) is not { } clamp || placed.IsInteger(clamp) || Clamp.BoundOf(clamp, index) is null)
                continue;
            if (!index.IsOutput(pool.Inputs[0]) && index.ReadersOf(pool.Inputs[0]).Count == 1)
                yield return new PoolSwap(clamp.Name, pool.Name);
        }
    }
}
