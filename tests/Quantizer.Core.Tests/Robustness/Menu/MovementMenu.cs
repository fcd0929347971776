using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Operators that move, repeat or make values without computing with them.</summary>
internal static class MovementMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        yield return new MenuEntry("Transpose", 13, Ranks.Sequence, true, (sketch, x) => sketch.Transposed(x, [0, 2, 1]));
        yield return new MenuEntry("Transpose", 13, Ranks.Picture, true, (sketch, x) => sketch.Transposed(x, [0, 1, 3, 2]));
        yield return new MenuEntry("Reshape", 13, Ranks.Picture, true, (sketch, x) => sketch.Reshaped(x, [1, x.Shape[1], -1]));
        yield return new MenuEntry(
            "Flatten",
            13,
            Ranks.Any,
            true,
            (sketch, x) => new SketchTensor(sketch.Node("Flatten", [x.Name]), [1, x.Count])
        );
        yield return new MenuEntry(
            "Unsqueeze",
            13,
            [2, 3],
            true,
            (sketch, x) => new SketchTensor(sketch.Node("Unsqueeze", [x.Name, sketch.Longs(1)]), [x.Shape[0], 1, .. x.Shape.Skip(1)])
        );
        yield return new MenuEntry(
            "Squeeze",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
            {
                SketchTensor wide = new(sketch.Node("Unsqueeze", [x.Name, sketch.Longs(1)]), [x.Shape[0], 1, .. x.Shape.Skip(1)]);
                return x with { Name = sketch.Node("Squeeze", [wide.Name, sketch.Longs(1)]) };
            }
        );
        yield return new MenuEntry(
            "Slice",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                long size = x.Shape[^1],
                    kept = Math.Max(1, size - 1);
                string sliced = sketch.Node("Slice", [x.Name, sketch.Longs(0), sketch.Longs(kept), sketch.Longs(-1)]);
                return new SketchTensor(sliced, [.. x.Shape.SkipLast(1), kept]);
            }
        );
        yield return new MenuEntry(
            "Split",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                long first = (x.Shape[1] + 1) / 2,
                    second = x.Shape[1] - first;
                if (second == 0)
                    return sketch.Same(x, "Identity");
                string[] parts = sketch.Nodes("Split", [x.Name, sketch.Longs(first, second)], 2, NodeAttribute.Of("axis", 1L));
                return x with { Name = sketch.Node("Concat", [parts[1], parts[0]], NodeAttribute.Of("axis", 1L)) };
            }
        );
        yield return new MenuEntry(
            "Concat",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Concat", [x.Name, sketch.Same(x, "Relu").Name], NodeAttribute.Of("axis", 1L)),
                    [x.Shape[0], 2 * x.Shape[1], .. x.Shape.Skip(2)]
                )
        );
        foreach (string mode in (string[])["constant", "reflect", "edge"])
        {
            yield return new MenuEntry(
                "Pad",
                13,
                Ranks.Picture,
                true,
                (sketch, x) =>
                    x.Shape[2] < 2 || x.Shape[3] < 2
                        ? sketch.Same(x, "Identity")
                        : new SketchTensor(
                            sketch.Node("Pad", [x.Name, sketch.Longs(0, 0, 1, 0, 0, 0, 0, 1)], NodeAttribute.Of("mode", mode)),
                            [x.Shape[0], x.Shape[1], x.Shape[2] + 1, x.Shape[3] + 1]
                        )
            );
        }
        yield return new MenuEntry(
            "Expand",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                string one = sketch.Node("ReduceMean", [x.Name], NodeAttribute.Of("keepdims", 1L));
                return x with { Name = sketch.Node("Add", [x.Name, sketch.Node("Expand", [one, sketch.Node("Shape", [x.Name])])]) };
            }
        );
        yield return new MenuEntry(
            "Tile",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Tile", [x.Name, sketch.Longs([.. Enumerable.Repeat(1L, x.Shape.Count - 1), 2])]),
                    [.. x.Shape.SkipLast(1), 2 * x.Shape[^1]]
                )
        );
        foreach (string mode in (string[])["DCR", "CRD"])
        {
            yield return new MenuEntry(
                "DepthToSpace",
                13,
                Ranks.Picture,
                true,
                (sketch, x) =>
                    x.Shape[1] % 4 != 0
                        ? sketch.Same(x, "Identity")
                        : new SketchTensor(
                            sketch.Node("DepthToSpace", [x.Name], NodeAttribute.Of("blocksize", 2L), NodeAttribute.Of("mode", mode)),
                            [x.Shape[0], x.Shape[1] / 4, 2 * x.Shape[2], 2 * x.Shape[3]]
                        )
            );
        }
        yield return new MenuEntry(
            "SpaceToDepth",
            13,
            Ranks.Picture,
            true,
            (sketch, x) =>
                x.Shape[2] % 2 + x.Shape[3] % 2 != 0
                    ? sketch.Same(x, "Identity")
                    : new SketchTensor(
                        sketch.Node("SpaceToDepth", [x.Name], NodeAttribute.Of("blocksize", 2L)),
                        [x.Shape[0], 4 * x.Shape[1], x.Shape[2] / 2, x.Shape[3] / 2]
                    )
        );
        foreach (string mode in (string[])["nearest", "linear"])
        {
            yield return new MenuEntry(
                "Resize",
                13,
                Ranks.Picture,
                true,
                (sketch, x) =>
                    new SketchTensor(
                        sketch.Node("Resize", [x.Name, "", Scales(sketch)], NodeAttribute.Of("mode", mode)),
                        [x.Shape[0], x.Shape[1], 2 * x.Shape[2], 2 * x.Shape[3]]
                    )
            );
        }
        yield return new MenuEntry(
            "CumSum",
            14,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(sketch.Same(x, "CumSum", [sketch.LongScalar(1)]), "Mul", [sketch.Scalar(0.1f)])
        );
        yield return new MenuEntry("Trilu", 14, Ranks.Any, true, (sketch, x) => sketch.Same(x, "Trilu"));
        yield return new MenuEntry(
            "ReverseSequence",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
                sketch.Same(
                    x,
                    "ReverseSequence",
                    [sketch.Longs(x.Shape[1])],
                    NodeAttribute.Of("batch_axis", 0L),
                    NodeAttribute.Of("time_axis", 1L)
                )
        );
        yield return new MenuEntry(
            "ConstantOfShape",
            13,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(x, "Add", [sketch.Node("ConstantOfShape", [sketch.Node("Shape", [x.Name])])])
        );
        yield return new MenuEntry(
            "Range",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                string range = sketch.Node("Range", [sketch.LongScalar(0), sketch.LongScalar(x.Shape[^1]), sketch.LongScalar(1)]);
                string steps = sketch.Node("Cast", [range], NodeAttribute.Of("to", 1L));
                return sketch.Same(x, "Add", [sketch.Node("Mul", [steps, sketch.Scalar(0.01f)])]);
            }
        );
    }

    private static string Scales(NetworkSketch sketch)
    {
        string ones = sketch.Floats([2], 0, 1),
            twos = sketch.Floats([2], 0, 2);
        return sketch.Node("Concat", [ones, twos], NodeAttribute.Of("axis", 0L));
    }
}
