using System.Diagnostics;
using Quantizer.Calibration.Running;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Calibration.Running;

public class CalibrationFailureTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(8, 2)]
    [InlineData(1, 4)]
    public void Non_finite_activations_name_the_first_sample_and_its_first_tensor(int batch, int workers)
    {
        // Sample 11 spoils the logarithm only, samples 6 and 14 spoil both tensors.
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 4])
            .Node("Sqrt", ["x"], ["root"])
            .Node("Log", ["x"], ["log"])
            .Node("Add", ["root", "log"], ["y"])
            .Output("y")
            .Build();
        ArraySamples samples = ArraySamples.Of(
            20,
            [1, 4],
            (index, values) =>
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = 2f + values[i];
                values[2] = index switch
                {
                    11 => 0f,
                    6 or 14 => -1f,
                    _ => values[2],
                };
            }
        );

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(model, ["y", "log", "root"], samples, new CalibrationOptions { BatchSize = batch, Workers = workers })
        );

        Assert.Contains("Tensor 'root' holds NaN or infinity for sample 'sample-6'", error.Message);
    }

    [Fact]
    public void A_non_finite_input_is_named_as_such()
    {
        ArraySamples samples = ArraySamples.Of(3, [1, 3, 8, 8], (index, values) => values[5] = index == 1 ? float.NaN : 0f);

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(SmallNetworks.ConvRelu(), ["x", "relu"], samples, CalibrationOptions.Default)
        );

        Assert.Contains("Tensor 'x' holds NaN or infinity for sample 'sample-1'", error.Message);
    }

    [Fact]
    public void Unreadable_samples_are_skipped_and_told_in_order()
    {
        ArraySamples broken = ArraySamples.Random(9, [1, 3, 8, 8], 7, 0, 4);

        CalibrationRun run = Calibrator.Run(
            SmallNetworks.ConvRelu(),
            ["relu"],
            broken,
            new CalibrationOptions { Workers = 2, BatchSize = 2 }
        );

        Assert.Equal(6, run.Statistics.Samples);
        Assert.Equal(["sample-0", "sample-4", "sample-7"], run.Skipped.Select(sample => sample.Name));
        Assert.Equal(new SkippedSample("sample-4", "no picture"), run.Skipped[1]);
    }

    [Fact]
    public void More_than_half_unreadable_fails_and_exactly_half_does_not()
    {
        ArraySamples half = ArraySamples.Random(4, [1, 3, 8, 8], 0, 1);
        ArraySamples more = ArraySamples.Random(4, [1, 3, 8, 8], 0, 1, 3);

        Assert.Equal(2, Calibrator.Run(SmallNetworks.ConvRelu(), ["relu"], half, CalibrationOptions.Default).Statistics.Samples);
        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(SmallNetworks.ConvRelu(), ["relu"], more, CalibrationOptions.Default)
        );
        Assert.StartsWith(
            "The calibration data: 3 of 4 samples cannot be read, more than half. The first: 'sample-0': no picture.",
            error.Message
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Data_that_cannot_be_used_at_all_end_the_run_whatever_else_is_broken(int workers)
    {
        ArraySamples damaged = ArraySamples.Random(20, [1, 3, 8, 8], 0, 4);
        damaged.Unusable = [11, 7];

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(SmallNetworks.ConvRelu(), ["relu"], damaged, new CalibrationOptions { Workers = workers })
        );

        Assert.Equal("The archive ends within sample-7.", error.Message);
    }

    [Fact]
    public void A_sample_that_does_not_fit_is_named_with_both_shapes()
    {
        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(SmallNetworks.ConvRelu(), ["relu"], ArraySamples.Random(3, [1, 3, 9, 8]), CalibrationOptions.Default)
        );

        Assert.Equal("Sample 'sample-0': Input 'x' of 'graph' is Float[batch,3,8,8]; the data gives Float[1,3,9,8].", error.Message);
    }

    [Theory]
    [InlineData("nowhere", "no node of the main graph makes it")]
    [InlineData("w", "no node of the main graph makes it")]
    [InlineData("shape", "its type is Int64, only float tensors have ranges")]
    public void A_tensor_that_cannot_be_observed_is_an_error(string tensor, string reason)
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 3])
            .Constant("w", [3], [1f, 2f, 3f])
            .Node("Mul", ["x", "w"], ["y"])
            .Node("Shape", ["y"], ["shape"])
            .Output("y")
            .Output("shape", type: ElementType.Int64)
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Calibrator.Run(model, ["y", tensor], ArraySamples.Random(2, [1, 3]), CalibrationOptions.Default)
        );

        Assert.Equal($"Tensor '{tensor}' cannot be observed: {reason}.", error.Message);
    }

    [Fact]
    public void Cancelling_between_samples_throws()
    {
        using CancellationTokenSource source = new();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Calibrator.Run(
                SmallNetworks.ConvRelu(),
                ["relu"],
                ArraySamples.Random(50, [1, 3, 8, 8]),
                CalibrationOptions.Default,
                done => source.Cancel(),
                source.Token
            )
        );
    }

    [Fact]
    public void Cancelling_stops_a_run_in_progress()
    {
        // 1000 products of 1024 x 1024 matrices: far more than ten seconds.
        GraphBuilder builder = new GraphBuilder().Input("x", [1024, 1024]);
        string last = "x";
        for (int i = 0; i < 1000; i++)
            builder.Node("MatMul", [last, "x"], [last = $"t{i}"]);
        OnnxModel model = builder.Output(last).Build();
        ArraySamples samples = new([
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1024, 1024], new float[1024 * 1024]) },
        ]);
        using CancellationTokenSource source = new();
        Stopwatch watch = new();
        source.Token.Register(watch.Start);
        source.CancelAfter(TimeSpan.FromMilliseconds(500));

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Calibrator.Run(model, [last], samples, CalibrationOptions.Default, null, source.Token)
        );

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed} to stop.");
    }
}
