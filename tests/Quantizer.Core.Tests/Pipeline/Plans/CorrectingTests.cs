using Quantizer.Correction;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Plans;

/// <summary>Biases that are corrected reach the file, and the report says what they gained.</summary>
public sealed class CorrectingTests(CorrectingTests.Runs runs) : IClassFixture<CorrectingTests.Runs>
{
    private const int Samples = 48;

    [Fact]
    public void Corrected_biases_are_in_the_file_and_told()
    {
        BiasCorrectionReport told = runs.Corrected.Report.BiasCorrection!;

        Assert.True(told.Taken);
        Assert.True(told.AfterDb > told.BeforeDb);
        TriedReport tried = Assert.Single(runs.Corrected.Report.Tried, tried => tried.Choice == "correction");
        Assert.Equal((told.BeforeDb, told.AfterDb, told.HeldOut, true), (tried.BeforeDb!.Value, tried.SqnrDb, tried.Samples, tried.Taken));
        Assert.Equal((Samples * 3 / 4, Samples / 4), (told.Samples, told.HeldOut));
        Assert.Equal(
            runs.Corrected.Report.Nodes.Count(node => node is { Decision: NodeDecision.Int8, OpType: "Conv" or "Gemm" }),
            told.Layers
        );
        Assert.Equal("on", runs.Corrected.Report.Options["bias-correction"]);
        Assert.InRange(runs.Corrected.Report.Timing.CorrectionMs, double.Epsilon, runs.Corrected.Report.Timing.TotalMs);
        Assert.Contains("Correcting biases and rounding", runs.Corrected.Heard.Stages.Select(stage => stage.Name));
        Assert.True(runs.Corrected.Report.Outputs[0].SqnrDb > runs.Plain.Report.Outputs[0].SqnrDb);
        Assert.NotEqual(runs.Plain.Bytes, runs.Corrected.Bytes);
        Assert.Equal(
            runs.Plain.Report.Tensors.Select(tensor => tensor.Scale),
            runs.Corrected.Report.Tensors.Select(tensor => tensor.Scale)
        );
    }

    [Fact]
    public void Neither_batch_size_nor_threads_change_a_byte()
    {
        using BundledRun other = new(options => Corrected(options) with { BatchSize = 5, Threads = 1 });

        Assert.Equal(runs.Corrected.Bytes, other.Bytes);
    }

    [Fact]
    public void Another_method_than_auto_leaves_biases_as_they_are()
    {
        using BundledRun unsaid = new(OfResNet);

        Assert.Equal(runs.Plain.Bytes, unsaid.Bytes);
        Assert.Null(unsaid.Report.BiasCorrection);
        Assert.Equal(0, unsaid.Report.Timing.CorrectionMs);
    }

    [Fact]
    public void The_default_method_corrects_them()
    {
        using BundledRun automatic = new(options => OfResNet(options) with { Method = RangeMethod.Automatic });

        Assert.NotNull(automatic.Report.BiasCorrection);
    }

    /// <summary>One run for all tests, and one that differs in the correction alone.</summary>
    public sealed class Runs : IDisposable
    {
        internal BundledRun Corrected { get; } = new(CorrectingTests.Corrected);

        internal BundledRun Plain { get; } = new(options => OfResNet(options) with { BiasCorrection = BiasCorrectionMode.Off });

        public void Dispose()
        {
            Corrected.Dispose();
            Plain.Dispose();
        }
    }

    private static QuantizationOptions Corrected(QuantizationOptions options) =>
        OfResNet(options) with
        {
            BiasCorrection = BiasCorrectionMode.On,
        };

    private static QuantizationOptions OfResNet(QuantizationOptions options) =>
        options with
        {
            ModelPath = Path.Combine(SharedFolder.Repository, "samples", "shapes-resnet.onnx"),
            Samples = Samples,
        };
}
