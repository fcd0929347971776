using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Normalizations and softmaxes.</summary>
internal static class NormalizationMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        yield return new MenuEntry(
            "BatchNormalization",
            14,
            [3, 4],
            true,
            (sketch, x) =>
                sketch.Same(
                    x,
                    "BatchNormalization",
                    [
                        sketch.Floats([x.Shape[1]], 0.5, 1),
                        sketch.Floats([x.Shape[1]], 0.3),
                        sketch.Floats([x.Shape[1]], 0.2),
                        sketch.Floats([x.Shape[1]], 0.3, 1),
                    ]
                )
        );
        yield return new MenuEntry(
            "InstanceNormalization",
            13,
            Ranks.Picture,
            true,
            (sketch, x) => sketch.Same(x, "InstanceNormalization", [sketch.Floats([x.Shape[1]], 0.3, 1), sketch.Floats([x.Shape[1]], 0.3)])
        );
        yield return new MenuEntry(
            "LayerNormalization",
            17,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(x, "LayerNormalization", [sketch.Floats([x.Shape[^1]], 0.3, 1)])
        );
        yield return new MenuEntry(
            "GroupNormalization",
            21,
            Ranks.Picture,
            true,
            (sketch, x) =>
                x.Shape[1] % 4 != 0
                    ? sketch.Same(x, "Identity")
                    : sketch.Same(
                        x,
                        "GroupNormalization",
                        [sketch.Floats([x.Shape[1]], 0.3, 1), sketch.Floats([x.Shape[1]], 0.3)],
                        NodeAttribute.Of("num_groups", 4L)
                    )
        );
        yield return new MenuEntry(
            "LRN",
            13,
            Ranks.Picture,
            true,
            (sketch, x) => sketch.Same(x, "LRN", null, NodeAttribute.Of("size", 3L))
        );
        yield return new MenuEntry("LpNormalization", 13, Ranks.Any, true, (sketch, x) => sketch.Same(x, "LpNormalization"));
        yield return new MenuEntry(
            "MeanVarianceNormalization",
            13,
            Ranks.Picture,
            true,
            (sketch, x) => sketch.Same(x, "MeanVarianceNormalization")
        );
        foreach (string soft in (string[])["Softmax", "LogSoftmax"])
            yield return new MenuEntry(soft, 13, Ranks.Any, true, (sketch, x) => sketch.Same(x, soft));
        yield return new MenuEntry("Hardmax", 13, Ranks.Any, false, (sketch, x) => sketch.Same(x, "Hardmax"));
    }
}
