using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Pooling over places.</summary>
internal static class PoolMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        foreach (string pool in (string[])["MaxPool", "AveragePool", "LpPool"])
        {
            yield return new MenuEntry(
                pool,
                13,
                Ranks.Picture,
                true,
                (sketch, x) =>
                    x.Shape[2] < 3 || x.Shape[3] < 3
                        ? sketch.Same(x, "Identity")
                        : new SketchTensor(
                            sketch.Node(pool, [x.Name], NodeAttribute.Of("kernel_shape", [2, 2]), NodeAttribute.Of("strides", [1, 1])),
                            [x.Shape[0], x.Shape[1], x.Shape[2] - 1, x.Shape[3] - 1]
                        )
            );
        }
        foreach (string pool in (string[])["GlobalAveragePool", "GlobalMaxPool"])
            yield return new MenuEntry(pool, 13, Ranks.Picture, true, (sketch, x) => sketch.Same(x, "Add", [sketch.Node(pool, [x.Name])]));
    }
}
