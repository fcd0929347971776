using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Rewriting;

public class HalfConstantsTests
{
    private const int Size = 64;

    private static readonly PlacementOptions InFloat = PlacementOptions.Default with { Exclude = ["*"] };

    [Fact]
    public void What_halves_hold_exactly_takes_half_the_bytes_and_gives_the_same_values()
    {
        float[] weights = [.. Layers.Weights(Size * Size, Size, "w").Select(value => (float)(Half)value)];
        // The largest, the smallest, negative zero.
        (weights[0], weights[1], weights[2]) = (65504f, (float)Half.Epsilon, -0f);

        QuantizedNetwork network = QuantizedNetwork.Of(Product(weights), InFloat);

        Assert.Equal(ElementType.Float16, network.Constant("w_half").Type);
        Assert.Equal("MatMul", network.Kernels);
        network.AssertClose(140);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(65520f)]
    [InlineData(1e-9f)]
    public void One_other_value_keeps_the_constant_as_it_is(float value)
    {
        float[] weights = new float[Size * Size];
        Array.Fill(weights, 0.5f);
        weights[^1] = value;

        QuantizedNetwork network = QuantizedNetwork.Of(Product(weights), InFloat);

        Assert.Equal(ElementType.Float, network.Constant("w").Type);
    }

    [Fact]
    public void What_is_small_stays()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 200]).Constant("b", [200], new float[200]).Node("Add", ["x", "b"], ["y"]).Output("y").Build(),
            InFloat
        );

        Assert.Equal(ElementType.Float, network.Constant("b").Type);
    }

    private static OnnxModel Product(float[] weights) =>
        new GraphBuilder().Input("x", [1, Size]).Constant("w", [Size, Size], weights).Node("MatMul", ["x", "w"], ["y"]).Output("y").Build();
}
