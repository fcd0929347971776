using Quantizer.Correction;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Plans;

/// <summary>Weights that are only stored as integers are corrected, too, whether that form was asked for or found best.</summary>
public sealed class StoredCorrectingTests(StoredCorrectingTests.Runs runs) : IClassFixture<StoredCorrectingTests.Runs>
{
    [Fact]
    public void Rounded_weights_are_in_the_file_and_told()
    {
        BiasCorrectionReport told = runs.Corrected.Report.BiasCorrection!;

        Assert.True(told.Taken);
        Assert.True(told.AfterDb > told.BeforeDb);
        Assert.Equal(
            runs.Corrected.Report.Nodes.Count(node => node is { Decision: NodeDecision.Stored, OpType: "Conv" or "Gemm" }),
            told.RoundedLayers
        );
        Assert.NotEqual(0, told.RoundedLayers);
        Assert.StartsWith(
            "Biases, weights: ",
            Assert.Single(runs.Corrected.Heard.Notes, note => note.Contains("corrected", StringComparison.Ordinal))
        );
        Assert.True(runs.Corrected.Report.Outputs[0].SqnrDb > runs.Plain.Report.Outputs[0].SqnrDb + 1);
        Assert.Equal(runs.Plain.Bytes.Length, runs.Corrected.Bytes.Length);
        Assert.Null(runs.Plain.Report.BiasCorrection);
    }

    [Fact]
    public void Neither_batch_size_nor_threads_change_a_byte()
    {
        using BundledRun other = new(options => Corrected(options) with { BatchSize = 5, Threads = 1 });

        Assert.Equal(runs.Corrected.Bytes, other.Bytes);
    }

    [Fact]
    public void Biases_alone_are_as_asked_for()
    {
        using BundledRun biases = new(options => Corrected(options) with { BiasCorrection = BiasCorrectionMode.OnlyBiases });

        Assert.Equal(0, biases.Report.BiasCorrection!.RoundedLayers);
    }

    /// <summary>What was corrected of the integers that were given up does not count.</summary>
    [Fact]
    public void Weights_stored_because_integers_are_not_faster_are_corrected_as_such()
    {
        using BundledRun given = new(options =>
            Corrected(options) with
            {
                Activations = ActivationMode.Automatic,
                SlowIntegers = SlowIntegers.Stored,
            }
        );

        Assert.All(given.Report.Nodes, node => Assert.NotEqual(NodeDecision.Int8, node.Decision));
        BiasCorrectionReport told = given.Report.BiasCorrection!;
        Assert.True(told.Taken);
        Assert.Equal(
            given.Report.Nodes.Count(node => node is { Decision: NodeDecision.Stored, OpType: "Conv" or "Gemm" }),
            told.RoundedLayers
        );
        Assert.True(given.Report.Outputs[0].SqnrDb > runs.Plain.Report.Outputs[0].SqnrDb + 1);
    }

    [Fact]
    public void Without_calibration_data_nothing_is_corrected()
    {
        using BundledRun none = new(options => Corrected(options) with { CalibrationPaths = [] });

        Assert.Null(none.Report.BiasCorrection);
        Assert.Equal(runs.Plain.Bytes, none.Bytes);
    }

    /// <summary>One run for all tests, and one that differs in the correction alone.</summary>
    public sealed class Runs : IDisposable
    {
        internal BundledRun Corrected { get; } = new(StoredCorrectingTests.Corrected);

        internal BundledRun Plain { get; } =
            new(options => StoredCorrectingTests.Corrected(options) with { BiasCorrection = BiasCorrectionMode.Off });

        public void Dispose()
        {
            Corrected.Dispose();
            Plain.Dispose();
        }
    }

    private static QuantizationOptions Corrected(QuantizationOptions options) =>
        options with
        {
            ModelPath = Path.Combine(SharedFolder.Repository, "samples", "shapes-resnet.onnx"),
            Activations = ActivationMode.None,
            BiasCorrection = BiasCorrectionMode.On,
        };
}
