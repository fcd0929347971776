using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Operators with weights of their own.</summary>
internal static class WeightedMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        yield return new MenuEntry(
            "Conv",
            13,
            Ranks.Picture,
            true,
            (sketch, x) => x.Shape[2] < 3 || x.Shape[3] < 3 ? sketch.Same(x, "Relu") : sketch.Convolution(x)
        );
        yield return new MenuEntry(
            "Conv depthwise",
            13,
            Ranks.Picture,
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
        yield return new MenuEntry(
            "Conv 1-D",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Conv", [x.Name, sketch.Weights(16, x.Shape[1], 3)], NodeAttribute.Of("pads", [1, 1])),
                    [x.Shape[0], 16, x.Shape[2]]
                )
        );
        yield return new MenuEntry(
            "ConvTranspose",
            13,
            Ranks.Picture,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("ConvTranspose", [x.Name, sketch.Weights(x.Shape[1], 16, 2, 2)], NodeAttribute.Of("strides", [2, 2])),
                    [x.Shape[0], 16, 2 * x.Shape[2], 2 * x.Shape[3]]
                )
        );
        yield return new MenuEntry(
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
        yield return new MenuEntry(
            "MatMul of activations",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
            {
                SketchTensor turned = sketch.Transposed(sketch.Same(x, "Tanh"), [0, 2, 1]);
                string products = sketch.Node("Softmax", [sketch.Node("MatMul", [x.Name, turned.Name])]);
                return x with { Name = sketch.Node("MatMul", [products, x.Name]) };
            }
        );
        yield return new MenuEntry(
            "Einsum",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
                new SketchTensor(
                    sketch.Node("Einsum", [x.Name, sketch.Weights(x.Shape[2], 48)], NodeAttribute.Of("equation", "bij,jk->bik")),
                    [x.Shape[0], x.Shape[1], 48]
                )
        );
        foreach ((string recurrent, int gates) in ((string, int)[])[("LSTM", 4), ("GRU", 3), ("RNN", 1)])
        {
            yield return new MenuEntry(
                recurrent,
                14,
                Ranks.Sequence,
                true,
                (sketch, x) =>
                {
                    const long hidden = 32;
                    SketchTensor steps = sketch.Transposed(x, [1, 0, 2]);
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
                    return sketch.Transposed(outputs, [1, 0, 2]);
                }
            );
        }
    }
}
