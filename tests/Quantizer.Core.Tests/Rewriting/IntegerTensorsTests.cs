using Quantizer.Graphs;
using Quantizer.Rewriting;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Rewriting;

public class IntegerTensorsTests
{
    [Fact]
    public void Weights_are_rounded_half_to_even_and_kept_within_127()
    {
        Tensor weights = Tensor.FromFloats("w", [1, 12], [0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 0.49f, -0.51f, 127.4f, 500f, -500f, -127.6f]);

        sbyte[] integers = IntegerTensors.Int8s(weights, 0, [1f], QuantizationScheme.Int8Symmetric);

        Assert.Equal([0, 2, 2, 0, -2, -2, 0, -1, 127, 127, -127, -127], integers);
    }

    [Fact]
    public void Each_index_along_the_axis_has_its_own_scale()
    {
        Tensor weights = Tensor.FromFloats("w", [2, 3], [1f, 2f, 3f, 4f, 5f, 6f]);

        Assert.Equal([1, 2, 3, 8, 10, 12], IntegerTensors.Int8s(weights, 0, [1f, 0.5f], QuantizationScheme.Int8Symmetric));
        Assert.Equal([1, 4, 12, 4, 10, 24], IntegerTensors.Int8s(weights, 1, [1f, 0.5f, 0.25f], QuantizationScheme.Int8Symmetric));
        Assert.Equal([2, 4, 6, 8, 10, 12], IntegerTensors.Int8s(weights, 1, [0.5f], QuantizationScheme.Int8Symmetric));
    }

    [Fact]
    public void Bytes_are_shifted_by_the_zero_point()
    {
        QuantizationParameters parameters = new(0.5f, 100, QuantizationScheme.UInt8Asymmetric);

        Assert.Equal([100, 102, 98, 100, 102, 0, 255], IntegerTensors.UInt8s([0f, 1f, -1f, 0.25f, 0.75f, -1e30f, 1e30f], parameters));
    }

    [Fact]
    public void Biases_are_rounded_half_to_even_with_one_scale_each()
    {
        Assert.Equal([2, 4, -2], IntegerTensors.Int32s([0.5f, 3.5f, -2.5f], [0.25f, 1f, 1f]));
        Assert.Equal([2, 14, -10], IntegerTensors.Int32s([0.5f, 3.5f, -2.5f], [0.25f]));
    }

    [Fact]
    public void A_bias_beyond_32_bits_is_a_fault_and_does_not_wrap_around() =>
        Assert.Throws<OverflowException>(() => IntegerTensors.Int32s([1f], [1e-10f]));
}
