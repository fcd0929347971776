using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Speed;

/// <summary>Between two small convolutions two over each of 40 channels, whose integers take more than twice as long as float: their kernel
/// wants a multiple of 16.</summary>
public sealed class SlowNodeTests : IDisposable
{
    private const int Channels = 40,
        Side = 32;

    private static readonly NodeAttribute[] Depthwise = [NodeAttribute.Of("pads", [3, 3, 3, 3]), NodeAttribute.Of("group", Channels)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_slower_in_integers_is_found_by_timing_and_given_back()
    {
        (IReadOnlyList<string>? nodes, QuantizedRun? faster) = Find(new EagerTarget());

        Assert.Contains("Conv_depthwise", nodes!);
        Assert.Equal(NodeForm.Float, faster!.Sites.Nodes.Single(node => node.Node == "Conv_depthwise").Form);
    }

    [Fact]
    public void Where_nodes_cannot_be_timed_all_stays_as_it_was() => Assert.Null(Find(new EagerTarget(canTime: false)).Nodes);

    private (IReadOnlyList<string>? Nodes, QuantizedRun? Faster) Find(Target target)
    {
        string path = _folder.File("model.onnx"),
            samples = _folder.Write("x.npz", DataFiles.Npz("x", [1, Channels, Side, Side], [.. Rows(2)]));
        OnnxFile.Write(Build(), path);
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 1);
        using DataSet data = opening.Open([samples], labelsPath: null, 2, seed: 0, CancellationToken.None);
        QuantizationOptions options = new()
        {
            ModelPath = path,
            CalibrationPaths = [samples],
            Method = RangeMethod.MinMax,
            WeightRanges = WeightRangeMethod.MinMax,
        };
        StageRunner stages = new(new UnheardProgress(), CancellationToken.None);
        Quantization quantization = new(options, null, stages);
        QuantizedRun run = quantization.Run(Placer.Place(ModelNormalizer.Normalize(source.Model), target, new PlacementOptions()), data);
        Assert.Equal(NodeForm.Static, run.Sites.Nodes.Single(node => node.Node == "Conv_depthwise").Form);
        ComparedData compared = new(
            source.Session,
            data,
            new FoundTask(new ValuesTask(), "made so"),
            new SampleWorkers(1, CancellationToken.None),
            stages
        );
        Hastening hastening = new(compared, quantization, data);
        (QuantizedRun Run, IReadOnlyList<string> Nodes)? found = hastening.Faster(run);
        // Asked again it is not measured again: it would never be the same to the last node.
        Assert.Equal(found?.Run, hastening.Faster(run)?.Run);
        return (found?.Nodes, found?.Run);
    }

    private static OnnxModel Build() =>
        new GraphBuilder()
            .Input("x", [1, Channels, Side, Side])
            .Constant("w_before", [Channels, Channels, 1, 1], Values(Channels * Channels, 0.3f, seed: 1))
            .Node("Conv", ["x", "w_before"], ["before"])
            .Constant("w_depthwise", [Channels, 1, 7, 7], Values(Channels * 49, 0.3f, seed: 2))
            .Node("Conv", ["before", "w_depthwise"], ["depthwise"], Depthwise)
            .Constant("w_second", [Channels, 1, 7, 7], Values(Channels * 49, 0.3f, seed: 3))
            .Node("Conv", ["depthwise", "w_second"], ["second"], Depthwise)
            .Constant("w_y", [Channels, Channels, 1, 1], Values(Channels * Channels, 0.3f, seed: 4))
            .Node("Conv", ["second", "w_y"], ["y"])
            .Output("y", [1, Channels, Side, Side])
            .Build();

    private static IEnumerable<float[]> Rows(int samples) =>
        Enumerable.Range(0, samples).Select(sample => Values(Channels * Side * Side, 1, sample + 10));

    private static float[] Values(int count, float largest, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => largest * (2f * random.NextSingle() - 1f))];
    }
}
