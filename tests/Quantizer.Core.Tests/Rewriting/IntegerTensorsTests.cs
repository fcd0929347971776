using Quantizer.Graphs;
using Quantizer.Rewriting;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Rewriting;

public class IntegerTensorsTests
{
    [Fact]
    public void Weights_are_rounded_half_to_even_and_kept_within_127()
    {
        Tensor weights = Tensor.FromFloats(
            "w",
            [1, 12],
            [0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 0.49f, -0.51f, 127.4f, 500f, -500f, -127.6f]
        );

        ReadOnlySpan<sbyte> integers = IntegerTensors.OfWeights("q", weights, 0, [1f], QuantizationScheme.Int8Symmetric).Values<sbyte>();

        Assert.Equal([0, 2, 2, 0, -2, -2, 0, -1, 127, 127, -127, -127], integers.ToArray());
    }

    [Fact]
    public void Each_index_along_the_axis_has_its_own_scale()
    {
        Tensor weights = Tensor.FromFloats("w", [2, 3], [1f, 2f, 3f, 4f, 5f, 6f]);

        Assert.Equal([1, 2, 3, 8, 10, 12], Rounded(weights, 0, [1f, 0.5f]));
        Assert.Equal([1, 4, 12, 4, 10, 24], Rounded(weights, 1, [1f, 0.5f, 0.25f]));
        Assert.Equal([2, 4, 6, 8, 10, 12], Rounded(weights, 1, [0.5f]));
    }

    [Fact]
    public void Bytes_are_shifted_by_the_zero_point()
    {
        QuantizationParameters parameters = new(0.5f, 100, QuantizationScheme.UInt8Asymmetric);

        Tensor integers = IntegerTensors.Of("q", [7], [0f, 1f, -1f, 0.25f, 0.75f, -1e30f, 1e30f], parameters);

        Assert.Equal(ElementType.UInt8, integers.Type);
        Assert.Equal([100, 102, 98, 100, 102, 0, 255], integers.Values<byte>().ToArray());
    }

    [Fact]
    public void Constants_have_the_type_of_their_scheme()
    {
        QuantizationParameters parameters = new(0.5f, 0, QuantizationScheme.Int8Symmetric);

        Tensor integers = IntegerTensors.Of("q", [4], [1f, -1f, 1e30f, -1e30f], parameters),
            zeroPoints = IntegerTensors.ZeroPoints("z", parameters, count: 2);

        Assert.Equal((ElementType.Int8, ElementType.Int8), (integers.Type, zeroPoints.Type));
        Assert.Equal([2, -2, 127, -127], integers.Values<sbyte>().ToArray());
        Assert.Equal([2L], zeroPoints.Dimensions);
        Assert.Equal([0, 0], zeroPoints.Values<sbyte>().ToArray());
    }

    [Fact]
    public void Biases_are_rounded_half_to_even_with_one_scale_each()
    {
        Assert.Equal([2, 4, -2], Bias([0.5f, 3.5f, -2.5f], [0.25f, 1f, 1f]));
        Assert.Equal([2, 14, -10], Bias([0.5f, 3.5f, -2.5f], [0.25f]));
    }

    [Fact]
    public void A_bias_beyond_32_bits_is_a_fault_and_does_not_wrap_around() => Assert.Throws<OverflowException>(() => Bias([1f], [1e-10f]));

    private static sbyte[] Rounded(Tensor weights, int axis, float[] scales) =>
        IntegerTensors.OfWeights("q", weights, axis, scales, QuantizationScheme.Int8Symmetric).Values<sbyte>().ToArray();

    private static int[] Bias(float[] values, float[] scales) =>
        IntegerTensors.OfBias("q", Tensor.FromFloats("b", [values.Length], values), scales).Values<int>().ToArray();
}
