using Quantizer.Calibration.Observation;
using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Calibration.Observation;

public class ObservedGraphTests
{
    [Fact]
    public void Tensors_seen_during_the_run_give_the_statistics_of_outputs()
    {
        OnnxModel model = ConvolutionalNetwork.Build("batch");
        string[] inner = [.. ConvolutionalNetwork.Tensors.Skip(1)];
        using TappedModel observed = TappedModel.Open(model, inner);
        using TappedModel outputs = TappedModel.Open(model, inner, asOutputs: true);
        ArraySamples samples = ArraySamples.Random(3, [1, 3, 16, 16]);

        Assert.Null(observed.ObservationProblem);
        Assert.All(outputs.Taps, tap => Assert.Equal(tap.Tensor, tap.Output));
        Assert.All(observed.Taps, tap => Assert.Null(tap.Output));
        for (int i = 0; i < samples.Count; i++)
            Same(Counted(outputs, samples.Load(i)), Counted(observed, samples.Load(i)));
    }

    [Fact]
    public void Padding_that_is_not_zero_is_not_read_blocked()
    {
        if (!ReadsBlocked())
            return;
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
    public void Tensors_of_real_models_seen_during_the_run_give_the_statistics_of_outputs(string name)
    {
        using OnnxModel model = OnnxFile.Read(SharedFolder.Model(name));
        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.OfBatch(model);
        string[] tensors =
        [
            .. model
                .Graph.Nodes.Where(node => node.OpType is "Conv" or "Relu" or "Clip" or "Add" or "MaxPool" or "Concat" or "Gemm")
                .Select(node => node.Outputs[0])
                .Where(output => shapes[output].Type == ElementType.Float),
        ];
        using TappedModel observed = TappedModel.Open(model, tensors);
        using TappedModel outputs = TappedModel.Open(model, tensors, asOutputs: true);
        ValueInfo input = model.Graph.Inputs[0];
        ArraySamples samples = ArraySamples.Random(1, [1, .. input.Shape!.Skip(1).Select(dimension => dimension.Size!.Value)]);
        Quantizer.Samples.Sample sample = new("random", new Dictionary<string, TensorValue> { [input.Name] = samples.Load(0).Inputs["x"] });

        Assert.Null(observed.ObservationProblem);
        Assert.True(!ReadsBlocked() || observed.Taps.Any(tap => tap.Channels is not null));
        Same(Counted(outputs, sample), Counted(observed, sample));
    }

    private static IReadOnlyDictionary<string, TensorStatistics> Counted(TappedModel model, Quantizer.Samples.Sample sample)
    {
        ActivationCounter counter = new(model, [], sampled: false);
        SampleBatch batch = new([(0, sample)], Size: 1);
        using TappedRun run = new(model, batch);
        counter.Count(run, batch, batch.Samples.ToDictionary(sample => sample.Index, sample => SampleContent.HashOf(sample.Sample)));
        return counter.Statistics;
    }

    private static void Same(
        IReadOnlyDictionary<string, TensorStatistics> expected,
        IReadOnlyDictionary<string, TensorStatistics> actual
    ) => CalibratorTests.Same(new CalibrationStatistics(expected, 1), new CalibrationStatistics(actual, 1));

    /// <summary>Whether ONNX Runtime uses the blocked layout on this processor at all.</summary>
    private static bool ReadsBlocked() =>
        OptimizedGraph.Of(ConvolutionalNetwork.Build("batch")).Graph.Nodes.Exists(node => node.Domain == "com.microsoft.nchwc");
}
