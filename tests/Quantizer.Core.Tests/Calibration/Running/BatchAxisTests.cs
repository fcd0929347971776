using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Calibration.Running;

public class BatchAxisTests
{
    private static readonly ArraySamples Pictures = ArraySamples.Random(10, [1, 3, 16, 16]);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void A_fixed_batch_axis_gives_the_statistics_of_an_open_one(int batch)
    {
        CalibrationStatistics open = Calibrator
            .Run(ConvolutionalNetwork.Build("batch"), ConvolutionalNetwork.Tensors, Pictures, CalibrationOptions.Default)
            .Statistics;

        CalibrationRun run = Calibrator.Run(
            ConvolutionalNetwork.Build(batch),
            ConvolutionalNetwork.Tensors,
            Pictures,
            CalibrationOptions.Default
        );

        CalibratorTests.Same(open, run.Statistics);
        Assert.Empty(run.Notes);
    }

    [Fact]
    public void A_fixed_batch_of_one_says_that_the_wanted_size_was_not_used()
    {
        CalibrationRun run = Calibrator.Run(ConvolutionalNetwork.Build(1), ["sum"], Pictures, new CalibrationOptions { BatchSize = 4 });

        Assert.Equal(10, run.Statistics.Samples);
        Assert.Equal(["The model takes one sample at a time: the batch size 4 was not used."], run.Notes);
    }

    [Fact]
    public void A_batch_size_built_into_an_inner_shape_falls_back_to_one_by_one()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 3, 8, 8])
            .Constant("flat", [2], [1L, -1L])
            .Constant("w", [192, 5], SmallNetworks.Values(960, seed: 4))
            .Node("Reshape", ["x", "flat"], ["row"])
            .Node("MatMul", ["row", "w"], ["y"])
            .Output("y")
            .Build();
        ArraySamples samples = ArraySamples.Random(5, [1, 3, 8, 8]);

        CalibrationRun batched = Calibrator.Run(model, ["y"], samples, new CalibrationOptions { BatchSize = 4 });

        CalibratorTests.Same(Calibrator.Run(model, ["y"], samples, CalibrationOptions.Default).Statistics, batched.Statistics);
        Assert.Equal(["The model does not treat the samples of a batch independently: the batch size 4 was not used."], batched.Notes);
    }

    [Fact]
    public void A_tensor_computed_across_the_batch_falls_back_to_one_by_one()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 6])
            .Node("Softmax", ["x"], ["y"], NodeAttribute.Of("axis", 0))
            .Output("y")
            .Build();
        ArraySamples samples = ArraySamples.Random(5, [1, 6]);

        CalibrationRun batched = Calibrator.Run(model, ["y"], samples, new CalibrationOptions { BatchSize = 4 });

        Assert.Equal((30L, 0L, 1f, 1f), CalibratorTests.Told(batched.Statistics.Tensors["y"]));
        Assert.Single(batched.Notes);
    }

    [Fact]
    public void Samples_that_do_not_fill_a_fixed_batch_are_left_out_where_repetitions_would_show()
    {
        // The batch is the last axis of "y": repetitions cannot be told from samples there.
        OnnxModel model = new GraphBuilder()
            .Input("x", [4, 6])
            .Node("Transpose", ["x"], ["y"], NodeAttribute.Of("perm", [1, 0]))
            .Output("y")
            .Build();

        CalibrationRun run = Calibrator.Run(model, ["y"], ArraySamples.Random(10, [1, 6]), CalibrationOptions.Default);

        Assert.Equal(8, run.Statistics.Samples);
        Assert.Equal(48, run.Statistics.Tensors["y"].Count);
        Assert.Equal(
            ["2 samples were left out, from 'sample-8' on: the model takes 4 at once, and these did not fill a batch."],
            run.Notes
        );
    }

    [Fact]
    public void Too_few_samples_for_such_a_batch_are_an_error()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [4, 6])
            .Node("Transpose", ["x"], ["y"], NodeAttribute.Of("perm", [1, 0]))
            .Output("y")
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(model, ["y"], ArraySamples.Random(3, [1, 6]), CalibrationOptions.Default)
        );

        Assert.Contains("Give more samples.", error.Message);
    }

    [Fact]
    public void A_state_input_with_the_batch_elsewhere_runs_one_by_one()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 3])
            .Input("state", [2, "batch", 3])
            .Node("Add", ["x", "state"], ["y"])
            .Output("y")
            .Build();
        ArraySamples samples = new([
            .. Enumerable
                .Range(0, 3)
                .Select(index => new Dictionary<string, TensorValue>
                {
                    ["x"] = TensorValue.FromFloats([1, 3], [index, index, index]),
                    ["state"] = TensorValue.FromFloats([2, 1, 3], [1, 1, 1, 2, 2, 2]),
                }),
        ]);

        CalibrationRun run = Calibrator.Run(model, ["y"], samples, CalibrationOptions.Default);

        Assert.Equal((18L, 0L, 1f, 4f), CalibratorTests.Told(run.Statistics.Tensors["y"]));
        Assert.Equal(3, run.Statistics.Samples);
    }
}
