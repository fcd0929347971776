using Quantizer.Calibration;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Tests;

namespace Quantizer.Core.Tests.Calibration.Runner;

public class BlockedTapsTests
{
    [Fact]
    public void Blocked_tensors_give_the_statistics_of_ordinary_ones()
    {
        OnnxModel model = ConvolutionalNetwork.Build("batch");
        string[] inner = [.. ConvolutionalNetwork.Tensors.Skip(1)];
        using TappedModel blocked = TappedModel.Open(model, inner);
        using TappedModel ordinary = TappedModel.Open(model, inner, blocked: false);
        ArraySamples samples = ArraySamples.Random(3, [1, 3, 16, 16]);

        Assert.Null(blocked.BlockedLayoutProblem);
        Assert.All(ordinary.Taps, tap => Assert.Null(tap.Channels));
        for (int i = 0; i < samples.Count; i++) Same(Counted(ordinary, samples.Load(i)), Counted(blocked, samples.Load(i)));
    }

    [Fact]
    public void Padding_that_is_not_zero_is_not_read_blocked()
    {
        if (!ReadsBlocked()) return;
        using TappedModel model = TappedModel.Open(ConvolutionalNetwork.Build("batch"), ConvolutionalNetwork.Tensors[1..]);

        string[] blocked = [.. model.Taps.Where(tap => tap.Channels is not null).Select(tap => tap.Tensor)];

        Assert.Contains("stem_relu", blocked);
        Assert.Contains("wide_clip", blocked);
        Assert.Contains("narrow", blocked);
        Assert.Contains("squeeze_relu", blocked);
        Assert.DoesNotContain("gate_sigmoid", blocked);
        Assert.DoesNotContain("lift_clip", blocked);
    }

    [Fact]
    public void Taps_come_in_the_order_of_the_graph()
    {
        using TappedModel model = TappedModel.Open(ConvolutionalNetwork.Build("batch"), ["logits", "sum", "stem_relu"]);

        Assert.Equal(["stem_relu", "sum", "logits"], model.Taps.Select(tap => tap.Tensor));
    }

    [SharedFolderTheory]
    [InlineData("mobilenetv2-cifar10-folded.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    [InlineData("fastestdet.onnx")]
    public void Blocked_tensors_of_real_models_give_the_statistics_of_ordinary_ones(string name)
    {
        using OnnxModel model = OnnxFile.Read(SharedFolder.Model(name));
        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.OfBatch(model);
        string[] tensors = [.. model.Graph.Nodes.Where(node => node.OpType is "Conv" or "Relu" or "Clip" or "Add" or "MaxPool" or "Concat" or "Gemm")
            .Select(node => node.Outputs[0]).Where(output => shapes[output].Type == ElementType.Float)];
        using TappedModel blocked = TappedModel.Open(model, tensors);
        using TappedModel ordinary = TappedModel.Open(model, tensors, blocked: false);
        ValueInfo input = model.Graph.Inputs[0];
        ArraySamples samples = ArraySamples.Random(1, [1, .. input.Shape!.Skip(1).Select(dimension => dimension.Size!.Value)]);
        Quantizer.Samples.Sample sample = new("random", new Dictionary<string, TensorValue> { [input.Name] = samples.Load(0).Inputs["x"] });

        Assert.Null(blocked.BlockedLayoutProblem);
        Assert.True(!ReadsBlocked() || blocked.Taps.Any(tap => tap.Channels is not null));
        Same(Counted(ordinary, sample), Counted(blocked, sample));
    }

    private static IReadOnlyDictionary<string, TensorStatistics> Counted(TappedModel model, Quantizer.Samples.Sample sample)
    {
        ActivationCounter counter = new(model, [], sampled: false);
        using BoundRun run = new(model.Session, sample.Inputs, model.Outputs);
        run.Run();
        counter.Count(run, new SampleBatch([(0, sample)], Size: 1));
        return counter.Statistics;
    }

    private static void Same(IReadOnlyDictionary<string, TensorStatistics> expected, IReadOnlyDictionary<string, TensorStatistics> actual) =>
        CalibratorTests.Same(new CalibrationStatistics(expected, 1), new CalibrationStatistics(actual, 1));

    /// <summary>Whether ONNX Runtime uses the blocked layout on this processor at all.</summary>
    private static bool ReadsBlocked() =>
        OptimizedGraph.Of(ConvolutionalNetwork.Build("batch")).Graph.Nodes.Exists(node => node.Domain == "com.microsoft.nchwc");
}
