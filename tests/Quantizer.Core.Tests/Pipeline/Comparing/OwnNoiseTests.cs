using Quantizer.Comparison.Tasks;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Comparing;

/// <summary>Networks that draw random numbers differ from themselves: that is no error of 8 bits.</summary>
public sealed class OwnNoiseTests : IDisposable
{
    private const int Width = 256;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_differs_from_itself_is_not_given_back_to_float()
    {
        QuantizationReport report = Run(noise: 3);

        Finding told = Assert.Single(report.Findings, finding => finding.Code == "QZ211");
        Assert.Contains("(RandomNormalLike)", told.Message);
        Assert.Contains("none was kept", told.Message);
        Assert.False(report.Task!.MeetsFloor);
        Assert.Null(report.Floor);
        Assert.Contains(report.Nodes, node => node.Decision == NodeDecision.Int8);
    }

    [Fact]
    public void A_little_noise_leaves_the_floor_as_it_is()
    {
        QuantizationReport report = Run(noise: 0.001f);

        Finding told = Assert.Single(report.Findings, finding => finding.Code == "QZ211");
        Assert.DoesNotContain("none was kept", told.Message);
        Assert.True(report.Task!.MeetsFloor);
    }

    [Fact]
    public void Equal_files_that_differ_are_explained()
    {
        string model = Network(noise: 3);

        QuantizationReport report = QuantizationPipeline.Compare(
            new CompareOptions
            {
                Fp32Path = model,
                Int8Path = model,
                DataPaths = [Data()],
            }
        );

        Assert.Contains(report.Findings, finding => finding.Code == "QZ211");
    }

    private QuantizationReport Run(float noise) =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = Network(noise),
                CalibrationPaths = [Data()],
                OutputPath = _folder.File("int8.onnx"),
                Method = RangeMethod.MinMax,
                SlowIntegers = SlowIntegers.Kept,
                Judging = new TaskOptions { Task = TaskKind.Values },
            }
        );

    private string Network(float noise)
    {
        string path = _folder.File("model.onnx");
        GraphBuilder graph = new GraphBuilder()
            .Input("x", [1, Width])
            .Gemm("first", "x", Width, Width)
            .Node("RandomNormalLike", ["first"], ["drawn"], NodeAttribute.Of("scale", noise))
            .Node("Add", ["first", "drawn"], ["noisy"])
            .Gemm("y", "noisy", Width, Width)
            .Output("y", [1, Width]);
        OnnxFile.Write(graph.Build(), path);
        return path;
    }

    private string Data()
    {
        Random random = new(5);
        float[][] samples = [.. Enumerable.Range(0, 24).Select(_ => Enumerable.Range(0, Width).Select(_ => random.NextSingle()).ToArray())];
        return _folder.Write("x.npz", DataFiles.Npz("x", [1, Width], samples));
    }
}
