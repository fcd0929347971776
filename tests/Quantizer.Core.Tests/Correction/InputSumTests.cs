using Quantizer.Core.Tests.Execution;
using Quantizer.Correction;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Correction;

public class InputSumTests
{
    [Fact]
    public void A_linear_layer_multiplies_each_row()
    {
        InputSum sum = InputSum.OfLinear([1, 2, 3, 4, 5, 6], [1, 3, 2], mask: null);

        Assert.Equal([9, 12], sum.Sums);
        Assert.Equal(3, sum.Places);
    }

    [Fact]
    public void Positions_that_are_switched_off_do_not_count()
    {
        InputSum sum = InputSum.OfLinear([1, 2, 3, 4, 5, 6], [1, 3, 2], new PositionMask([true, false, true]));

        Assert.Equal([6, 8], sum.Sums);
        Assert.Equal(2, sum.Places);
    }

    /// <summary>Channels are summed up some at a time, and what is left over one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Each_channel_of_each_sample_counts(int channels)
    {
        float[] input = SmallNetworks.Values(2 * channels * 6, seed: 3);
        Node node = new("Conv", ["x", "w"], ["y"]);

        InputSum sum = InputSum.OfConvolution(input, [2, channels, 2, 3], [1, channels, 1, 1], node);

        Assert.Equal(12, sum.Places);
        for (int channel = 0; channel < channels; channel++)
        {
            double expected = Enumerable
                .Range(0, 2)
                .Sum(sample => input.AsSpan((sample * channels + channel) * 6, 6).ToArray().Sum(value => (double)value));
            Assert.Equal(expected, sum.Sums[channel], 1e-9);
        }
    }

    [Fact]
    public void Outside_of_the_plane_nothing_is_met_whether_channels_are_summed_together_or_alone()
    {
        const int channels = 5;
        float[] plane = [1, 2, 4, 8, 16, 32];
        float[] input = [.. Enumerable.Repeat(plane, channels).SelectMany(values => values)];
        Node node = new("Conv", ["x", "w"], ["y"]);
        node.Set(NodeAttribute.Of("pads", [1L, 1, 1, 1]));

        InputSum sum = InputSum.OfConvolution(input, [1, channels, 2, 3], [1, channels, 3, 3], node);

        // Of [1 2 4; 8 16 32] each weight meets what the plane has left when it is moved by one.
        double[] expected = [3, 7, 6, 27, 63, 54, 24, 56, 48];
        Assert.Equal(6, sum.Places);
        Assert.Equal(Enumerable.Repeat(expected, channels).SelectMany(values => values), sum.Sums);
    }

    /// <summary>The mean of a convolution with the weights' rounding errors, by ONNX Runtime.</summary>
    [Theory]
    [InlineData(1, 3, 1, 1, 1)]
    [InlineData(2, 3, 2, 1, 1)]
    [InlineData(1, 3, 1, 2, 2)]
    [InlineData(4, 3, 2, 0, 1)]
    [InlineData(1, 1, 1, 0, 1)]
    public void The_shift_of_a_convolution_is_the_mean_of_what_rounding_takes_from_it(
        int group,
        int kernel,
        int stride,
        int pad,
        int dilation
    )
    {
        const int From = 4,
            To = 8;
        float[] input = SmallNetworks.Values(2 * From * 7 * 9, seed: 1),
            weights = SmallNetworks.Values(To * (From / group) * kernel * kernel, seed: 2);
        long[] kernelShape = [To, From / group, kernel, kernel];
        Tensor exact = Tensor.FromFloats("w", kernelShape, weights),
            rounded = Tensor.FromFloats("w", kernelShape, [.. weights.Select(weight => MathF.Round(weight * 4) / 4)]),
            error = Tensor.FromFloats("w", kernelShape, [.. weights.Select(weight => weight - MathF.Round(weight * 4) / 4)]);
        OnnxModel model = new GraphBuilder()
            .Input("x", [2, From, 7, 9])
            .Constant(error)
            .Node(
                "Conv",
                ["x", "w"],
                ["y"],
                NodeAttribute.Of("pads", [pad, pad, pad, pad]),
                NodeAttribute.Of("strides", [stride, stride]),
                NodeAttribute.Of("dilations", [dilation, dilation]),
                NodeAttribute.Of("group", group)
            )
            .Output("y")
            .Build();
        using InferenceModel session = InferenceModel.Load(model);
        TensorValue y = session.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([2, From, 7, 9], input) })["y"];

        InputSum sum = InputSum.OfConvolution(input, [2, From, 7, 9], kernelShape, model.Graph.Nodes[0]);
        double[] shifts = sum.ShiftOf(WeightPlanner.Channels(exact, 0), WeightPlanner.Channels(rounded, 0));

        int each = (int)(y.Shape[2] * y.Shape[3]);
        float[] values = y.Floats.ToArray();
        Assert.Equal(2 * each, sum.Places);
        for (int channel = 0; channel < To; channel++)
        {
            Assert.Equal(
                Enumerable.Range(0, values.Length).Where(i => i / each % To == channel).Average(i => (double)values[i]),
                shifts[channel],
                1e-5
            );
        }
    }

    [Fact]
    public void A_convolution_over_a_sequence_has_one_axis()
    {
        Node node = new("Conv", ["x", "w"], ["y"]) { Attributes = [NodeAttribute.Of("pads", [1, 0])] };

        InputSum sum = InputSum.OfConvolution([1, 2, 3], [1, 1, 3], [1, 1, 2], node);

        // The first weight meets the padding, 1 and 2, the second all three.
        Assert.Equal([3, 6], sum.Sums);
        Assert.Equal(3, sum.Places);
    }

    [Fact]
    public void Sums_of_samples_add_up()
    {
        InputSum sum = InputSum.Sum([new([1, 2], 3), new([10, 20], 30)]);

        Assert.Equal([11, 22], sum.Sums);
        Assert.Equal(33, sum.Places);
    }
}
