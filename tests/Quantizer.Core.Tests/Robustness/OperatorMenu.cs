using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>Every operator that a random network may hold, each with a way to add it behind any tensor of some ranks.</summary>
internal static class OperatorMenu
{
    private static readonly int[] Any = [2, 3, 4];
    private static readonly int[] Picture = [4];
    private static readonly int[] Sequence = [3];

    public static IReadOnlyList<MenuEntry> Entries { get; } =
    [
        .. Elementwise(),
        .. Pairs(),
        .. Comparisons(),
        .. Movements(),
        .. Reductions(),
        .. Pools(),
        .. Norms(),
        .. Selections(),
        .. Weighted(),
        .. Bodies(),
    ];

    private static IEnumerable<MenuEntry> Elementwise()
    {
        foreach (
            string plain in (string[])
                [
                    "Abs",
                    "Neg",
                    "Sigmoid",
                    "Tanh",
                    "Relu",
                    "LeakyRelu",
                    "Elu",
                    "Selu",
                    "Celu",
                    "HardSigmoid",
                    "Softplus",
                    "Softsign",
                    "Erf",
                    "Sin",
                    "Cos",
                    "Atan",
                    "Asinh",
                    "Identity",
                    "ThresholdedRelu",
                    "Dropout",
                ]
        )
        {
            yield return Entry(plain, 13, Any, plain != "ThresholdedRelu", (sketch, x) => sketch.Same(x, plain));
        }
        yield return Entry("HardSwish", 14, Any, true, (sketch, x) => sketch.Same(x, "HardSwish"));
        yield return Entry("Mish", 18, Any, true, (sketch, x) => sketch.Same(x, "Mish"));
        yield return Entry("Gelu", 20, Any, true, (sketch, x) => sketch.Same(x, "Gelu"));
        foreach (string rounding in (string[])["Floor", "Ceil", "Round", "Sign"])
            yield return Entry(rounding, 13, Any, false, (sketch, x) => sketch.Same(x, rounding));
        yield return Entry("Shrink", 13, Any, false, (sketch, x) => sketch.Same(x, "Shrink"));
        // Where values could leave what the function is defined for, or explode, they are brought near first.
        foreach (string bounded in (string[])["Exp", "Sinh", "Cosh", "Asin", "Acos", "Atanh", "Tan"])
        {
            yield return Entry(
                bounded,
                13,
                Any,
                true,
                (sketch, x) => sketch.Same(sketch.Same(sketch.Same(x, "Tanh"), "Mul", [sketch.Scalar(0.9f)]), bounded)
            );
        }
        foreach (string positive in (string[])["Log", "Sqrt", "Reciprocal", "Acosh"])
        {
            yield return Entry(
                positive,
                13,
                Any,
                true,
                (sketch, x) => sketch.Same(sketch.Same(sketch.Same(x, "Abs"), "Add", [sketch.Scalar(1.1f)]), positive)
            );
        }
        yield return Entry("Clip", 13, Any, true, (sketch, x) => sketch.Same(x, "Clip", [sketch.Scalar(-0.7f), sketch.Scalar(1.3f)]));
        yield return Entry(
            "Cast",
            13,
            Any,
            true,
            (sketch, x) => sketch.Same(sketch.Same(x, "Cast", null, NodeAttribute.Of("to", 11L)), "Cast", null, NodeAttribute.Of("to", 1L))
        );
        yield return Entry("PRelu", 13, Any, true, (sketch, x) => sketch.Same(x, "PRelu", [sketch.Floats([x.Shape[^1]], 0.3)]));
    }

    private static IEnumerable<MenuEntry> Pairs()
    {
        foreach (string pair in (string[])["Add", "Sub", "Mul", "Min", "Max", "Sum", "Mean"])
        {
            yield return Entry(pair, 13, Any, true, (sketch, x) => sketch.Same(x, pair, [sketch.Floats(Broadcast(sketch, x))]));
            // Both sides of a branch.
            yield return Entry(pair, 13, Any, true, (sketch, x) => sketch.Same(x, pair, [sketch.Same(x, "Sigmoid").Name]));
        }
        yield return Entry("Div", 13, Any, true, (sketch, x) => sketch.Same(x, "Div", [sketch.Floats(Broadcast(sketch, x), 0.5, 1.5)]));
        yield return Entry("Pow", 13, Any, true, (sketch, x) => sketch.Same(x, "Pow", [sketch.Scalar(2f)]));
        yield return Entry(
            "Mod",
            13,
            Any,
            false,
            (sketch, x) => sketch.Same(x, "Mod", [sketch.Scalar(1.5f)], NodeAttribute.Of("fmod", 1L))
        );
    }

    private static IEnumerable<MenuEntry> Comparisons()
    {
        foreach (string compare in (string[])["Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Equal"])
        {
            yield return Entry(
                compare,
                13,
                Any,
                false,
                (sketch, x) =>
                {
                    string condition = sketch.Node(compare, [x.Name, sketch.Scalar(0.1f)]);
                    string not = sketch.Node("Not", [condition]);
                    return x with { Name = sketch.Node("Where", [not, x.Name, sketch.Scalar(0.5f)]) };
                }
            );
        }
        foreach (string logical in (string[])["And", "Or", "Xor"])
        {
            yield return Entry(
                logical,
                13,
                Any,
                false,
                (sketch, x) =>
                {
                    string low = sketch.Node("Greater", [x.Name, sketch.Scalar(-0.3f)]),
                        high = sketch.Node("Less", [x.Name, sketch.Scalar(0.3f)]);
                    return x with { Name = sketch.Node("Where", [sketch.Node(logical, [low, high]), x.Name, sketch.Scalar(-0.5f)]) };
                }
            );
        }
        yield return Entry(
            "IsNaN",
            13,
            Any,
            true,
            (sketch, x) => x with { Name = sketch.Node("Where", [sketch.Node("IsNaN", [x.Name]), sketch.Scalar(0f), x.Name]) }
        );
    }

    private static IEnumerable<MenuEntry> Movements()
    {
        yield return Entry("Transpose", 13, Sequence, true, (sketch, x) => Transposed(sketch, x, [0, 2, 1]));
        yield return Entry("Transpose", 13, Picture, true, (sketch, x) => Transposed(sketch, x, [0, 1, 3, 2]));
        yield return Entry("Reshape", 13, Picture, true, (sketch, x) => sketch.Reshaped(x, [1, x.Shape[1], -1]));
        yield return Entry("Flatten", 13, Any, true, (sketch, x) => new SketchTensor(sketch.Node("Flatten", [x.Name]), [1, x.Count]));
        yield return Entry(
            "Unsqueeze",
            13,
            [2, 3],
            true,
            (sketch, x) => new SketchTensor(sketch.Node("Unsqueeze", [x.Name, sketch.Longs(1)]), [x.Shape[0], 1, .. x.Shape.Skip(1)])
        );
        yield return Entry(
            "Squeeze",
            13,
            Sequence,
            true,
            (sketch, x) =>
            {
                SketchTensor wide = new(sketch.Node("Unsqueeze", [x.Name, sketch.Longs(1)]), [x.Shape[0], 1, .. x.Shape.Skip(1)]);
                return x with { Name = sketch.Node("Squeeze", [wide.Name, sketch.Longs(1)]) };
            }
        );
        yield return Entry(
            "Slice",
            13,
            Any,
            true,
            (sketch, x) =>
            {
                long size = x.Shape[^1],
                    kept = Math.Max(1, size - 1);
                string sliced = sketch.Node("Slice", [x.Name, sketch.Longs(0), sketch.Longs(kept), sketch.Longs(-1)]);
                return new SketchTensor(sliced, [.. x.Shape.SkipLast(1), kept]);
            }
        );
        yield return Entry(
            "Split",
            13,
            Any,
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
        yield return Entry(
            "Concat",
            13,
            Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Concat", [x.Name, sketch.Same(x, "Relu").Name], NodeAttribute.Of("axis", 1L)),
                    [x.Shape[0], 2 * x.Shape[1], .. x.Shape.Skip(2)]
                )
        );
        foreach (string mode in (string[])["constant", "reflect", "edge"])
        {
            yield return Entry(
                "Pad",
                13,
                Picture,
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
        yield return Entry(
            "Expand",
            13,
            Any,
            true,
            (sketch, x) =>
            {
                string one = sketch.Node("ReduceMean", [x.Name], NodeAttribute.Of("keepdims", 1L));
                return x with { Name = sketch.Node("Add", [x.Name, sketch.Node("Expand", [one, sketch.Node("Shape", [x.Name])])]) };
            }
        );
        yield return Entry(
            "Tile",
            13,
            Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Tile", [x.Name, sketch.Longs([.. Enumerable.Repeat(1L, x.Shape.Count - 1), 2])]),
                    [.. x.Shape.SkipLast(1), 2 * x.Shape[^1]]
                )
        );
        foreach (string mode in (string[])["DCR", "CRD"])
        {
            yield return Entry(
                "DepthToSpace",
                13,
                Picture,
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
        yield return Entry(
            "SpaceToDepth",
            13,
            Picture,
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
            yield return Entry(
                "Resize",
                13,
                Picture,
                true,
                (sketch, x) =>
                    new SketchTensor(
                        sketch.Node("Resize", [x.Name, "", Scales(sketch)], NodeAttribute.Of("mode", mode)),
                        [x.Shape[0], x.Shape[1], 2 * x.Shape[2], 2 * x.Shape[3]]
                    )
            );
        }
        yield return Entry(
            "CumSum",
            14,
            Any,
            true,
            (sketch, x) => sketch.Same(sketch.Same(x, "CumSum", [sketch.LongScalar(1)]), "Mul", [sketch.Scalar(0.1f)])
        );
        yield return Entry("Trilu", 14, Any, true, (sketch, x) => sketch.Same(x, "Trilu"));
        yield return Entry(
            "ReverseSequence",
            13,
            Sequence,
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
        yield return Entry(
            "ConstantOfShape",
            13,
            Any,
            true,
            (sketch, x) => sketch.Same(x, "Add", [sketch.Node("ConstantOfShape", [sketch.Node("Shape", [x.Name])])])
        );
        yield return Entry(
            "Range",
            13,
            Any,
            true,
            (sketch, x) =>
            {
                string range = sketch.Node("Range", [sketch.LongScalar(0), sketch.LongScalar(x.Shape[^1]), sketch.LongScalar(1)]);
                string steps = sketch.Node("Cast", [range], NodeAttribute.Of("to", 1L));
                return sketch.Same(x, "Add", [sketch.Node("Mul", [steps, sketch.Scalar(0.01f)])]);
            }
        );
    }

    private static IEnumerable<MenuEntry> Reductions()
    {
        foreach (
            string sum in (string[])
                ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp"]
        )
        {
            yield return Entry(
                sum,
                13,
                Any,
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

    private static IEnumerable<MenuEntry> Pools()
    {
        foreach (string pool in (string[])["MaxPool", "AveragePool", "LpPool"])
        {
            yield return Entry(
                pool,
                13,
                Picture,
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
            yield return Entry(pool, 13, Picture, true, (sketch, x) => sketch.Same(x, "Add", [sketch.Node(pool, [x.Name])]));
    }

    private static IEnumerable<MenuEntry> Norms()
    {
        yield return Entry(
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
        yield return Entry(
            "InstanceNormalization",
            13,
            Picture,
            true,
            (sketch, x) => sketch.Same(x, "InstanceNormalization", [sketch.Floats([x.Shape[1]], 0.3, 1), sketch.Floats([x.Shape[1]], 0.3)])
        );
        yield return Entry(
            "LayerNormalization",
            17,
            Any,
            true,
            (sketch, x) => sketch.Same(x, "LayerNormalization", [sketch.Floats([x.Shape[^1]], 0.3, 1)])
        );
        yield return Entry(
            "GroupNormalization",
            21,
            Picture,
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
        yield return Entry("LRN", 13, Picture, true, (sketch, x) => sketch.Same(x, "LRN", null, NodeAttribute.Of("size", 3L)));
        yield return Entry("LpNormalization", 13, Any, true, (sketch, x) => sketch.Same(x, "LpNormalization"));
        yield return Entry("MeanVarianceNormalization", 13, Picture, true, (sketch, x) => sketch.Same(x, "MeanVarianceNormalization"));
        foreach (string soft in (string[])["Softmax", "LogSoftmax"])
            yield return Entry(soft, 13, Any, true, (sketch, x) => sketch.Same(x, soft));
        yield return Entry("Hardmax", 13, Any, false, (sketch, x) => sketch.Same(x, "Hardmax"));
    }

    private static IEnumerable<MenuEntry> Selections()
    {
        yield return Entry(
            "Gather",
            13,
            Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Gather", [x.Name, sketch.Longs(0, x.Shape[1] - 1)], NodeAttribute.Of("axis", 1L)),
                    [x.Shape[0], 2, .. x.Shape.Skip(2)]
                )
        );
        yield return Entry(
            "GatherElements",
            13,
            Any,
            false,
            (sketch, x) =>
            {
                string[] best = sketch.Nodes("TopK", [x.Name, sketch.Longs(Math.Min(4, x.Shape[^1]))], 2);
                long[] shape = [.. x.Shape.SkipLast(1), Math.Min(4, x.Shape[^1])];
                return new SketchTensor(sketch.Node("GatherElements", [x.Name, best[1]], NodeAttribute.Of("axis", -1L)), shape);
            }
        );
        yield return Entry(
            "TopK",
            13,
            Any,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Nodes("TopK", [x.Name, sketch.Longs(Math.Min(5, x.Shape[^1]))], 2)[0],
                    [.. x.Shape.SkipLast(1), Math.Min(5, x.Shape[^1])]
                )
        );
        yield return Entry(
            "GatherND",
            13,
            Sequence,
            true,
            (sketch, x) =>
            {
                string indices = sketch.Node("Reshape", [sketch.Longs(0, 0, 0, x.Shape[1] - 1), sketch.Longs(1, 2, 2)]);
                return new SketchTensor(sketch.Node("GatherND", [x.Name, indices]), [1, 2, x.Shape[2]]);
            }
        );
        yield return Entry(
            "ArgMax",
            13,
            Any,
            false,
            (sketch, x) =>
            {
                string index = sketch.Node("ArgMax", [x.Name], NodeAttribute.Of("axis", -1L));
                string value = sketch.Node("Cast", [index], NodeAttribute.Of("to", 1L));
                return sketch.Same(x, "Add", [sketch.Node("Mul", [value, sketch.Scalar(0.01f)])]);
            }
        );
        yield return Entry(
            "OneHot",
            13,
            Any,
            false,
            (sketch, x) =>
            {
                string index = sketch.Node("ArgMax", [x.Name], NodeAttribute.Of("axis", -1L), NodeAttribute.Of("keepdims", 0L));
                string hot = sketch.Node("OneHot", [index, sketch.Longs(x.Shape[^1]), sketch.Floats([2], 0.5, 0.5)]);
                return sketch.Same(x, "Mul", [hot]);
            }
        );
        yield return Entry(
            "ScatterElements",
            13,
            Any,
            true,
            (sketch, x) =>
            {
                string indices = sketch.Node("Reshape", [sketch.Longs(0), sketch.Longs([.. x.Shape.Select(_ => 1L)])]);
                string updates = sketch.Floats([.. x.Shape.Select(_ => 1L)]);
                return sketch.Same(x, "ScatterElements", [indices, updates], NodeAttribute.Of("axis", 1L));
            }
        );
        yield return Entry(
            "ScatterND",
            13,
            Sequence,
            true,
            (sketch, x) =>
            {
                string indices = sketch.Node("Reshape", [sketch.Longs(0, 0), sketch.Longs(1, 2)]);
                return sketch.Same(x, "ScatterND", [indices, sketch.Floats([1, x.Shape[2]])]);
            }
        );
    }

    private static IEnumerable<MenuEntry> Weighted()
    {
        yield return Entry(
            "Conv",
            13,
            Picture,
            true,
            (sketch, x) => x.Shape[2] < 3 || x.Shape[3] < 3 ? sketch.Same(x, "Relu") : sketch.Convolution(x)
        );
        yield return Entry(
            "Conv depthwise",
            13,
            Picture,
            true,
            (sketch, x) =>
                sketch.Same(
                    x,
                    "Conv",
                    [sketch.Weights(x.Shape[1], 1, 3, 3)],
                    NodeAttribute.Of("group", x.Shape[1]),
                    NodeAttribute.Of("pads", [1, 1, 1, 1])
                )
        );
        yield return Entry(
            "Conv 1-D",
            13,
            Sequence,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Conv", [x.Name, sketch.Weights(16, x.Shape[1], 3)], NodeAttribute.Of("pads", [1, 1])),
                    [x.Shape[0], 16, x.Shape[2]]
                )
        );
        yield return Entry(
            "ConvTranspose",
            13,
            Picture,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("ConvTranspose", [x.Name, sketch.Weights(x.Shape[1], 16, 2, 2)], NodeAttribute.Of("strides", [2, 2])),
                    [x.Shape[0], 16, 2 * x.Shape[2], 2 * x.Shape[3]]
                )
        );
        yield return Entry(
            "Gemm",
            13,
            [2],
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node(
                        "Gemm",
                        [x.Name, sketch.Weights(128, x.Shape[1]), sketch.Floats([128], 0.1)],
                        NodeAttribute.Of("transB", 1L),
                        NodeAttribute.Of("alpha", 0.5f),
                        NodeAttribute.Of("beta", 2f)
                    ),
                    [x.Shape[0], 128]
                )
        );
        yield return Entry(
            "MatMul of activations",
            13,
            Sequence,
            true,
            (sketch, x) =>
            {
                SketchTensor turned = Transposed(sketch, sketch.Same(x, "Tanh"), [0, 2, 1]);
                string products = sketch.Node("Softmax", [sketch.Node("MatMul", [x.Name, turned.Name])]);
                return x with { Name = sketch.Node("MatMul", [products, x.Name]) };
            }
        );
        yield return Entry(
            "Einsum",
            13,
            Sequence,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Einsum", [x.Name, sketch.Weights(x.Shape[2], 48)], NodeAttribute.Of("equation", "bij,jk->bik")),
                    [x.Shape[0], x.Shape[1], 48]
                )
        );
        foreach ((string recurrent, int gates) in ((string, int)[])[("LSTM", 4), ("GRU", 3), ("RNN", 1)])
        {
            yield return Entry(
                recurrent,
                14,
                Sequence,
                true,
                (sketch, x) =>
                {
                    const long hidden = 32;
                    SketchTensor steps = Transposed(sketch, x, [1, 0, 2]);
                    string made = sketch.Nodes(
                        recurrent,
                        [
                            steps.Name,
                            sketch.Weights(1, gates * hidden, x.Shape[2]),
                            sketch.Weights(1, gates * hidden, hidden),
                            sketch.Floats([1, 2 * gates * hidden], 0.1),
                        ],
                        1,
                        NodeAttribute.Of("hidden_size", hidden)
                    )[0];
                    SketchTensor outputs = new(sketch.Node("Squeeze", [made, sketch.Longs(1)]), [x.Shape[1], x.Shape[0], hidden]);
                    return Transposed(sketch, outputs, [1, 0, 2]);
                }
            );
        }
    }

    private static IEnumerable<MenuEntry> Bodies()
    {
        yield return Entry(
            "If",
            13,
            Any,
            true,
            (sketch, x) =>
            {
                string condition = sketch.Node("Less", [sketch.Node("Size", [x.Name]), sketch.LongScalar(1_000_000)]);
                Graph Branch(string opType) =>
                    new GraphBuilder(sketch.Opset).Node(opType, [x.Name], [sketch.NewName("b")]) is var body
                        ? WithOutput(body)
                        : throw new InvalidOperationException();
                return x with
                {
                    Name = sketch.Node(
                        "If",
                        [condition],
                        NodeAttribute.Of("then_branch", Branch("Sigmoid")),
                        NodeAttribute.Of("else_branch", Branch("Relu"))
                    ),
                };
            }
        );
        yield return Entry(
            "Loop",
            13,
            Any,
            true,
            (sketch, x) =>
            {
                string step = sketch.NewName("step"),
                    condition = sketch.NewName("go"),
                    state = sketch.NewName("state"),
                    on = sketch.NewName("on"),
                    next = sketch.NewName("next");
                Graph body = new GraphBuilder(sketch.Opset)
                    .Input(step, [], ElementType.Int64)
                    .Input(condition, [], ElementType.Bool)
                    .Input(state, [.. x.Shape.Select(size => (Dimension)size)])
                    .Node("Identity", [condition], [on])
                    .Node("Tanh", [state], [next])
                    .Output(on, [], ElementType.Bool)
                    .Output(next)
                    .BuildGraph();
                return x with { Name = sketch.Node("Loop", [sketch.LongScalar(2), "", x.Name], NodeAttribute.Of("body", body)) };
            }
        );
        yield return Entry(
            "Scan",
            13,
            Sequence,
            true,
            (sketch, x) =>
            {
                string row = sketch.NewName("row"),
                    made = sketch.NewName("made");
                Graph body = new GraphBuilder(sketch.Opset)
                    .Input(row, [x.Shape[0], x.Shape[2]])
                    .Node("Sigmoid", [row], [made])
                    .Output(made, [x.Shape[0], x.Shape[2]])
                    .BuildGraph();
                return x with
                {
                    Name = sketch.Node(
                        "Scan",
                        [x.Name],
                        NodeAttribute.Of("body", body),
                        NodeAttribute.Of("num_scan_inputs", 1L),
                        NodeAttribute.Of("scan_input_axes", [1L]),
                        NodeAttribute.Of("scan_output_axes", [1L])
                    ),
                };
            }
        );
    }

    private static Graph WithOutput(GraphBuilder body)
    {
        Graph graph = body.BuildGraph();
        graph.Outputs.Add(new ValueInfo(graph.Nodes[^1].Outputs[0], ElementType.Float, null));
        return graph;
    }

    private static SketchTensor Transposed(NetworkSketch sketch, SketchTensor x, long[] order) =>
        new(sketch.Node("Transpose", [x.Name], NodeAttribute.Of("perm", order)), [.. order.Select(axis => x.Shape[(int)axis])]);

    private static string Scales(NetworkSketch sketch)
    {
        string ones = sketch.Floats([2], 0, 1),
            twos = sketch.Floats([2], 0, 2);
        return sketch.Node("Concat", [ones, twos], NodeAttribute.Of("axis", 0L));
    }

    /// <summary>A constant as networks have them: one for all, one a channel, one a value of the last axis.</summary>
    private static long[] Broadcast(NetworkSketch sketch, SketchTensor x) =>
        sketch.Random.Next(3) switch
        {
            0 => [1],
            1 => [x.Shape[1], .. x.Shape.Skip(2).Select(_ => 1L)],
            _ => [x.Shape[^1]],
        };

    private static MenuEntry Entry(
        string name,
        int opset,
        int[] ranks,
        bool isSmooth,
        Func<NetworkSketch, SketchTensor, SketchTensor> add
    ) => new(name, opset, ranks, isSmooth, add);
}
