using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Lookups, sorting and scattering.</summary>
internal static class SelectionMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        yield return new MenuEntry(
            "Gather",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Gather", [x.Name, sketch.Longs(0, x.Shape[1] - 1)], NodeAttribute.Of("axis", 1L)),
                    [x.Shape[0], 2, .. x.Shape.Skip(2)]
                )
        );
        yield return new MenuEntry(
            "GatherElements",
            13,
            Ranks.Any,
            false,
            (sketch, x) =>
            {
                string[] best = sketch.Nodes("TopK", [x.Name, sketch.Longs(Math.Min(4, x.Shape[^1]))], 2);
                long[] shape = [.. x.Shape.SkipLast(1), Math.Min(4, x.Shape[^1])];
                return new SketchTensor(sketch.Node("GatherElements", [x.Name, best[1]], NodeAttribute.Of("axis", -1L)), shape);
            }
        );
        yield return new MenuEntry(
            "TopK",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Nodes("TopK", [x.Name, sketch.Longs(Math.Min(5, x.Shape[^1]))], 2)[0],
                    [.. x.Shape.SkipLast(1), Math.Min(5, x.Shape[^1])]
                )
        );
        yield return new MenuEntry(
            "GatherND",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
            {
                string indices = sketch.Node("Reshape", [sketch.Longs(0, 0, 0, x.Shape[1] - 1), sketch.Longs(1, 2, 2)]);
                return new SketchTensor(sketch.Node("GatherND", [x.Name, indices]), [1, 2, x.Shape[2]]);
            }
        );
        yield return new MenuEntry(
            "ArgMax",
            13,
            Ranks.Any,
            false,
            (sketch, x) =>
            {
                string index = sketch.Node("ArgMax", [x.Name], NodeAttribute.Of("axis", -1L));
                string value = sketch.Node("Cast", [index], NodeAttribute.Of("to", 1L));
                return sketch.Same(x, "Add", [sketch.Node("Mul", [value, sketch.Scalar(0.01f)])]);
            }
        );
        yield return new MenuEntry(
            "OneHot",
            13,
            Ranks.Any,
            false,
            (sketch, x) =>
            {
                string index = sketch.Node("ArgMax", [x.Name], NodeAttribute.Of("axis", -1L), NodeAttribute.Of("keepdims", 0L));
                string hot = sketch.Node("OneHot", [index, sketch.Longs(x.Shape[^1]), sketch.Floats([2], 0.5, 0.5)]);
                return sketch.Same(x, "Mul", [hot]);
            }
        );
        yield return new MenuEntry(
            "ScatterElements",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                string indices = sketch.Node("Reshape", [sketch.Longs(0), sketch.Longs([.. x.Shape.Select(_ => 1L)])]);
                string updates = sketch.Floats([.. x.Shape.Select(_ => 1L)]);
                return sketch.Same(x, "ScatterElements", [indices, updates], NodeAttribute.Of("axis", 1L));
            }
        );
        yield return new MenuEntry(
            "ScatterND",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
            {
                string indices = sketch.Node("Reshape", [sketch.Longs(0, 0), sketch.Longs(1, 2)]);
                return sketch.Same(x, "ScatterND", [indices, sketch.Floats([1, x.Shape[2]])]);
            }
        );
    }
}
