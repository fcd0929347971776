using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>Finds everything that would keep ONNX Runtime from running what placement means.</summary>
internal static class HazardFinder
{
    public static TargetEdits Find(PlacedGraph placed, Target target)
    {
        HashSet<string> reach = QuantizationReach.Of(placed.Graph, target, placed.Activations.Keys);
        PoolSwap[] swaps = [.. PoolSwapFinder.Find(placed, reach)];
        return new TargetEdits(
            [.. swaps, .. BarrierFinder.Find(placed, target, reach, swaps)],
            [.. FenceFinder.Find(placed, reach)],
            [.. LayoutFinder.Find(placed)]
        );
    }
}
