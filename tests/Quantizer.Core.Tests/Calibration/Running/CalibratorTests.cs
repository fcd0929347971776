using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Calibration.Running;

public class CalibratorTests
{
    private static readonly CalibrationOptions OneWorker = new() { Workers = 1 };

    [Fact]
    public void A_tensor_of_another_size_for_every_sample_is_counted_once_for_each()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("NonZero", ["x"], ["places"])
            .Node("Cast", ["places"], ["y"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Output("y")
            .Build();
        ArraySamples samples = ArraySamples.Of(3, [1, 6], (index, values) => values.AsSpan(2 * index).Clear());

        CalibrationStatistics statistics = Calibrator.Run(model, ["y"], samples, new CalibrationOptions { Workers = 1 }).Statistics;

        // Two coordinates each of 0, 2 and 4 places.
        Assert.Equal(12, statistics.Tensors["y"].Count);
        Assert.Equal(3f, statistics.Tensors["y"].Max);
    }

    [Fact]
    public void Statistics_of_inputs_and_activations_are_those_of_the_values()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 4])
            .Node("Relu", ["x"], ["y"])
            .Node("Neg", ["y"], ["z"])
            .Output("z")
            .Build();
        ArraySamples samples = new([
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 4], [-3f, 0f, 1.5f, 2f]) },
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 4], [-1f, 0.5f, -0.25f, 7f]) },
        ]);

        CalibrationRun run = Calibrator.Run(model, ["x", "y", "z"], samples, OneWorker);

        Assert.Equal(2, run.Statistics.Samples);
        Assert.Empty(run.Skipped);
        Assert.Empty(run.Notes);
        Assert.Equal((8L, 1L, -3f, 7f), Told(run.Statistics.Tensors["x"]));
        Assert.Equal((8L, 4L, 0f, 7f), Told(run.Statistics.Tensors["y"]));
        Assert.Equal((8L, 4L, -7f, 0f), Told(run.Statistics.Tensors["z"]));
        Assert.Equal(1L, run.Statistics.Tensors["y"].Histogram[FloatBins.Of(1.5f)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_size_workers_and_order_do_not_show(bool sampled)
    {
        OnnxModel model = ConvolutionalNetwork.Build("batch");
        ArraySamples samples = ArraySamples.Random(20, [1, 3, 16, 16]);
        CalibrationStatistics Run(ArraySamples from, int batch, int workers) =>
            Calibrator
                .Run(
                    model,
                    ConvolutionalNetwork.Tensors,
                    from,
                    new CalibrationOptions
                    {
                        BatchSize = batch,
                        Workers = workers,
                        Sampled = sampled,
                    }
                )
                .Statistics;

        CalibrationStatistics expected = Run(samples, 1, 1);

        Same(expected, Run(samples, 3, 1));
        Same(expected, Run(samples, 16, 2));
        Same(expected, Run(samples, 1, 4));
        Same(expected, Run(samples.Reversed(), 3, 2));
        Assert.Equal(20L * 32 * 16 * 16, expected.Tensors["stem_relu"].Count);
    }

    [Fact]
    public void Part_of_the_samples_gives_other_statistics()
    {
        OnnxModel model = ConvolutionalNetwork.Build("batch");
        ArraySamples samples = ArraySamples.Random(4, [1, 3, 16, 16]);

        CalibrationStatistics all = Calibrator.Run(model, ["sum"], samples, OneWorker).Statistics;

        Assert.NotEqual(all.Tensors["sum"], Calibrator.Run(model, ["sum"], samples.Take(3), OneWorker).Statistics.Tensors["sum"]);
    }

    [Fact]
    public void Progress_reaches_the_number_of_samples_in_rising_steps()
    {
        List<int> told = [];

        Calibrator.Run(
            SmallNetworks.ConvRelu(),
            ["relu"],
            ArraySamples.Random(7, [1, 3, 8, 8], broken: 2),
            new CalibrationOptions { Workers = 3, BatchSize = 2 },
            told.Add
        );

        Assert.Equal(told.Order(), told);
        Assert.Equal(7, told[^1]);
    }

    [Fact]
    public void A_half_precision_tensor_is_counted_as_floats()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 3])
            .Node("Cast", ["x"], ["half"], NodeAttribute.Of("to", (long)ElementType.Float16))
            .Node("Neg", ["half"], ["y"])
            .Output("y", type: ElementType.Float16)
            .Build();
        ArraySamples samples = new([new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 3], [0.1f, -2f, 0f]) }]);

        TensorStatistics statistics = Calibrator.Run(model, ["half", "y"], samples, OneWorker).Statistics.Tensors["y"];

        Assert.Equal((3L, 1L, -(float)(Half)0.1f, 2f), Told(statistics));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    public void Samples_are_kept_by_their_contents_whatever_the_workers_and_the_batch(int workers, int batch)
    {
        ArraySamples samples = ArraySamples.Random(550, [1, 3, 8, 8], 5, 17);
        SampleKeeper expected = new();
        for (int i = 0; i < samples.Count; i++)
        {
            if (i is not (5 or 17))
                expected.Offer(i, samples.Load(i));
        }

        CalibrationRun run = Calibrator.Run(
            SmallNetworks.ConvRelu(),
            ["relu"],
            samples,
            new CalibrationOptions
            {
                Workers = workers,
                BatchSize = batch,
                KeepsSamples = true,
            }
        );

        Assert.Equal(SampleKeeper.MostSamples, run.Kept.Count);
        Assert.Equal(expected.Kept.Select(sample => sample.Name), run.Kept.Select(sample => sample.Name));
    }

    [Fact]
    public void Unless_it_is_asked_for_no_sample_is_kept() =>
        Assert.Empty(
            Calibrator.Run(SmallNetworks.ConvRelu(), ["relu"], ArraySamples.Random(3, [1, 3, 8, 8]), CalibrationOptions.Default).Kept
        );

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Each_sample_is_loaded_once(int batch)
    {
        ArraySamples samples = ArraySamples.Random(10, [1, 3, 8, 8], 0, 6);

        Calibrator.Run(SmallNetworks.ConvRelu(), ["relu"], samples, new CalibrationOptions { Workers = 2, BatchSize = batch });

        Assert.Equal(Enumerable.Range(0, 10), samples.Loaded.Order());
    }

    [Fact]
    public void Samples_of_different_sizes_are_counted_together()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 3, "height", "width"])
            .Constant("w", [32, 3, 3, 3], SmallNetworks.Values(32 * 27, seed: 1))
            .Node("Conv", ["x", "w"], ["conv"])
            .Node("Relu", ["conv"], ["relu"])
            .Output("relu")
            .Build();
        ArraySamples mixed = new([
            .. new long[] { 8, 12, 8, 12, 9 }.Select(size => new Dictionary<string, TensorValue>
            {
                ["x"] = TensorValue.FromFloats([1, 3, size, 8], SmallNetworks.Values((int)size * 24, seed: 5)),
            }),
        ]);

        CalibrationStatistics one = Calibrator.Run(model, ["relu"], mixed, OneWorker).Statistics;
        CalibrationStatistics two = Calibrator.Run(model, ["relu"], mixed, OneWorker with { BatchSize = 2 }).Statistics;

        Assert.Equal(32L * 6 * (6 + 10 + 6 + 10 + 7), one.Tensors["relu"].Count);
        Same(one, two);
    }

    internal static void Same(CalibrationStatistics expected, CalibrationStatistics actual)
    {
        Assert.Equal(expected.Samples, actual.Samples);
        Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
        foreach ((string tensor, TensorStatistics statistics) in expected.Tensors)
            Assert.True(statistics.Equals(actual.Tensors[tensor]), $"{tensor}: {Told(statistics)} became {Told(actual.Tensors[tensor])}");
    }

    internal static (long Count, long Zeros, float Min, float Max) Told(TensorStatistics statistics) =>
        (statistics.Count, statistics.Zeros, statistics.Min, statistics.Max);
}
