using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Forms;

/// <summary>Two linear layers, the first of which reads values that 8 bits hardly tell apart beside the largest.</summary>
public sealed class RecorrectionTests : IDisposable
{
    private const int Width = 512,
        Samples = 96;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mixture_that_keeps_the_floor_is_corrected_by_its_own_errors()
    {
        QuantizationReport corrected = Run(BiasCorrectionMode.OnlyBiases),
            plain = Run(BiasCorrectionMode.Off);

        Assert.All([corrected, plain], report => Assert.Equal(["first"], report.Floor!.Nodes));
        // With both on integers, the error in front hides what a bias makes up for, and nothing is corrected.
        Assert.Equal([false, true], corrected.Tried.Where(tried => tried.Choice == "correction").Select(tried => tried.Taken));
        Assert.Equal((true, 1), (corrected.BiasCorrection!.Taken, corrected.BiasCorrection.Layers));
        Assert.True(corrected.Outputs[0].SqnrDb > plain.Outputs[0].SqnrDb + 5);
    }

    private QuantizationReport Run(BiasCorrectionMode correction)
    {
        Random random = new(3);
        float[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        float[] first = Uniform(Width * Width);
        Array.Clear(first, 0, Width);
        OnnxFile.Write(
            new GraphBuilder()
                .Input("x", [1, Width])
                .Constant("w1", [Width, Width], first)
                .Node(new Node("Gemm", ["x", "w1"], ["hidden"], "first"))
                .Constant("w2", [Width, Width], Uniform(Width * Width))
                .Constant("b2", [Width], Uniform(Width))
                .Node(new Node("Gemm", ["hidden", "w2", "b2"], ["y"], "second"))
                .Output("y", [1, Width])
                .Build(),
            _folder.File("model.onnx")
        );
        float[][] samples = [.. Enumerable.Range(0, Samples).Select(_ => Uniform(Width).Select(value => 0.25f + 0.1f * value).ToArray())];
        // No weight reads it.
        Array.ForEach(samples, sample => sample[0] = 60);
        _folder.Write("x.npz", DataFiles.Npz("x", [1, Width], samples));
        return QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.File("x.npz")],
                Activations = ActivationMode.Static,
                Method = RangeMethod.MinMax,
                WeightRanges = WeightRangeMethod.MinMax,
                BiasCorrection = correction,
                Judging = new TaskOptions { Task = TaskKind.Values },
            }
        );
    }
}
