using Quantizer.Correction;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>Biases that are corrected reach the file, and the report says what they gained.</summary>
public sealed class CorrectingTests : IDisposable
{
    private const int Samples = 48;

    private readonly BundledRun _corrected = new(Corrected);

    private readonly BundledRun _plain = new(options => OfResNet(options) with { BiasCorrection = BiasCorrectionMode.Off });

    public void Dispose()
    {
        _corrected.Dispose();
        _plain.Dispose();
    }

    [Fact]
    public void Corrected_biases_are_in_the_file_and_told()
    {
        BiasCorrectionReport told = _corrected.Report.BiasCorrection!;

        Assert.True(told.Taken);
        Assert.True(told.AfterDb > told.BeforeDb);
        Assert.Equal((Samples * 3 / 4, Samples / 4), (told.Samples, told.HeldOut));
        Assert.Equal(_corrected.Report.Nodes.Count(node => node is { Decision: NodeDecision.Int8, OpType: "Conv" or "Gemm" }), told.Layers);
        Assert.Equal("on", _corrected.Report.Options["bias-correction"]);
        Assert.InRange(_corrected.Report.Timing.CorrectionMs, double.Epsilon, _corrected.Report.Timing.TotalMs);
        Assert.Contains("Correcting biases and rounding", _corrected.Heard.Stages.Select(stage => stage.Name));
        Assert.True(_corrected.Report.Outputs[0].SqnrDb > _plain.Report.Outputs[0].SqnrDb);
        Assert.NotEqual(_plain.Bytes, _corrected.Bytes);
        Assert.Equal(_plain.Report.Tensors.Select(tensor => tensor.Scale), _corrected.Report.Tensors.Select(tensor => tensor.Scale));
    }

    [Fact]
    public void Neither_batch_size_nor_threads_change_a_byte()
    {
        using BundledRun other = new(options => Corrected(options) with { BatchSize = 5, Threads = 1 });

        Assert.Equal(_corrected.Bytes, other.Bytes);
    }

    [Fact]
    public void Another_method_than_auto_leaves_biases_as_they_are()
    {
        using BundledRun unsaid = new(OfResNet);

        Assert.Equal(_plain.Bytes, unsaid.Bytes);
        Assert.Null(unsaid.Report.BiasCorrection);
        Assert.Equal(0, unsaid.Report.Timing.CorrectionMs);
    }

    [Fact]
    public void The_default_method_corrects_them()
    {
        using BundledRun automatic = new(options => OfResNet(options) with { Method = RangeMethod.Automatic });

        Assert.NotNull(automatic.Report.BiasCorrection);
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
