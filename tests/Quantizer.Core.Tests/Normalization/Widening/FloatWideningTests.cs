using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization.Widening;

public sealed class FloatWideningTests
{
    [Fact]
    public void Half_precision_inside_branches_and_casts_becomes_float32()
    {
        Graph branch = new GraphBuilder()
            .Node("Constant", [], ["two"], NodeAttribute.Of("value", Half("two", 2f)))
            .Node("Mul", ["a", "two"], ["r"])
            .Output("r", [4], ElementType.Float16)
            .BuildGraph();
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder()
                .Input("x", [4], ElementType.Float16)
                .Input("yes", [], ElementType.Bool)
                .Constant(Half("w", 0.5f))
                .Node("Mul", ["x", "w"], ["a"])
                .Node("If", ["yes"], ["b"], NodeAttribute.Of("then_branch", branch), NodeAttribute.Of("else_branch", branch))
                .Node("Cast", ["b"], ["c"], NodeAttribute.Of("to", (long)ElementType.Float))
                .Node("Cast", ["c"], ["d"], NodeAttribute.Of("to", (long)ElementType.Float16))
                .Node("Sin", ["d"], ["y"])
                .Output("y", [4], ElementType.Float16)
                .Build()
        );

        Assert.Equal("Cast Mul If Sin Cast", normalized.Operators());
        Assert.Equal(ElementType.Float16, normalized.Tensors["x"].Type);
        Assert.Equal(ElementType.Float16, normalized.Tensors["y"].Type);
        Assert.Equal(ElementType.Float, normalized.Tensors["a"].Type);
        Assert.Equal(ElementType.Float, normalized.Tensors["b"].Type);
        Assert.Contains("y", normalized.UserTensors["y_float"]);
    }

    [Fact]
    public void What_is_random_or_made_of_a_shape_is_made_in_float32()
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder()
                .Input("x", ["n", 4], ElementType.Float16)
                .Node("Shape", ["x"], ["s"])
                .Node("ConstantOfShape", ["s"], ["c"], NodeAttribute.Of("value", Half("c", 3f, 1)))
                .Node("Add", ["x", "c"], ["y"])
                .Output("y", ["n", 4], ElementType.Float16)
                .Build()
        );

        Assert.Equal(ElementType.Float, normalized.Tensors["c"].Type);
    }

    [Fact]
    public void Double_without_layers_stays_and_double_with_layers_is_rounded_with_a_note()
    {
        OnnxModel decoding = new GraphBuilder()
            .Input("x", [2, 4])
            .Node("Cast", ["x"], ["d"], NodeAttribute.Of("to", (long)ElementType.Double))
            .Node("Exp", ["d"], ["y"])
            .Output("y", [2, 4], ElementType.Double)
            .Build();
        OnnxModel layer = new GraphBuilder()
            .Input("x", [2, 4], ElementType.Double)
            .Constant(
                new Tensor(
                    "w",
                    ElementType.Double,
                    [4, 1],
                    new double[] { 1, 2, 3, 4 }
                        .SelectMany(BitConverter.GetBytes)
                        .ToArray()
                )
            )
            .Node("MatMul", ["x", "w"], ["y"])
            .Output("y", [2, 1], ElementType.Double)
            .Build();

        Assert.Equal("Cast Exp", NormalizedGraph.Of(decoding).Operators());
        NormalizedModel widened = ModelNormalizer.Normalize(layer);
        Assert.Equal("Cast MatMul Cast", widened.Operators());
        Assert.Contains(widened.Notes, note => note.Message.Contains("rounded", StringComparison.Ordinal));
    }

    [Fact]
    public void Constants_keep_their_values()
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder()
                .Input("x", [3], ElementType.BFloat16)
                // 1, -2.5 and minus infinity: the upper halves of floats.
                .Constant(new Tensor("w", ElementType.BFloat16, [3], new byte[] { 0x80, 0x3F, 0x20, 0xC0, 0x80, 0xFF }))
                .Node("Mul", ["x", "w"], ["y"])
                .Output("y", [3], ElementType.BFloat16)
                .Build()
        );

        Assert.Equal([1f, -2.5f, float.NegativeInfinity], normalized.Constant("w").Values<float>().ToArray());
    }

    private static Tensor Half(string name, float value, int rank = 0) =>
        new(name, ElementType.Float16, Enumerable.Repeat(1L, rank), BitConverter.GetBytes((Half)value));
}
