using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Sums, means and norms over the last axis.</summary>
internal static class ReductionMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        foreach (
            string sum in (string[])
                ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp"]
        )
        {
            yield return new MenuEntry(
                sum,
                13,
                Ranks.Any,
                true,
                (sketch, x) =>
                {
                    bool isInput = sum == "ReduceSum" || sketch.Opset >= 18;
                    string reduced = isInput
                        ? sketch.Node(sum, [x.Name, sketch.Longs(-1)])
                        : sketch.Node(sum, [x.Name], NodeAttribute.Of("axes", [-1L]));
                    // Sums of many values would drown what they are subtracted from.
                    return sketch.Same(x, "Sub", [sketch.Node("Mul", [reduced, sketch.Scalar(1f / x.Shape[^1])])]);
                }
            );
        }
    }
}
