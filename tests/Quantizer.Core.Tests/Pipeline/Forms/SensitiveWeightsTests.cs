using Quantizer.Comparison.Tasks;
using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Forms;

public sealed class SensitiveWeightsTests : IDisposable
{
    private const int Channels = 64,
        Side = 24;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Of two small layers without an integer kernel, stored because they are much of the network together, the weights of one
    /// are all that falls below the floor: nothing has to be given back but those.</summary>
    [Fact]
    public void Integers_stay_where_only_stored_weights_beside_them_do_the_harm()
    {
        QuantizationOptions options = new()
        {
            ModelPath = Model(),
            CalibrationPaths = [Data()],
            Method = RangeMethod.MinMax,
            WeightRanges = WeightRangeMethod.MinMax,
            Judging = new TaskOptions { Task = TaskKind.Values },
        };
        QuantizationReport report = QuantizationPipeline.Quantize(options);
        byte[] bytes = File.ReadAllBytes(report.Model.Output);

        Assert.Equal(FloorOutcome.PartlyFloat, report.Floor!.Outcome);
        Assert.Equal(["first"], report.Floor.Nodes);
        Assert.Equal([NodeDecision.Float, NodeDecision.Int8, NodeDecision.Float], report.Nodes.Select(node => node.Decision));
        Assert.True(report.Task!.MeetsFloor);

        QuantizationPipeline.Quantize(options with { KnownFloor = report.Floor, KnownSlowNodes = report.SlowNodes });

        Assert.Equal(bytes, File.ReadAllBytes(report.Model.Output));
    }

    private string Model()
    {
        // One weight of each output is huge, and what it multiplies is always zero.
        float[] first = NormalizedGraph.Values(Channels * Channels);
        Array.Fill(first, 1e5f, 0, Channels);
        string path = _folder.File("model.onnx");
        OnnxFile.Write(
            new GraphBuilder()
                .Input("x", [1, Channels, Side, Side])
                .Constant("w1", [Channels, Channels, 1, 1], first)
                .Node(new Node("ConvTranspose", ["x", "w1"], ["hidden"], "first"))
                .Conv("middle", "hidden", Channels, 2 * Channels)
                .Constant("w3", [2 * Channels, Channels / 2, 1, 1], NormalizedGraph.Values(Channels * Channels, seed: 3))
                .Node(new Node("ConvTranspose", ["middle", "w3"], ["y"], "last"))
                .Output("y")
                .Build(),
            path
        );
        return path;
    }

    private string Data()
    {
        float[][] samples = [.. Enumerable.Range(0, 8).Select(seed => NormalizedGraph.Values(Channels * Side * Side, seed))];
        foreach (float[] sample in samples)
            Array.Clear(sample, 0, Side * Side);
        return _folder.Write("x.npz", DataFiles.Npz("x", [1, Channels, Side, Side], samples));
    }
}
