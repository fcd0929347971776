using Quantizer.Calibration.Observation;
using Quantizer.Calibration.Running;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Calibration.Running;

public sealed class BatchingTests
{
    [Fact]
    public void A_state_with_its_layers_in_front_is_no_fixed_batch()
    {
        Batching batching = Of(new GraphBuilder().Input("x", ["batch", 1, 4]).Input("h", [2, 1, 4]));

        Assert.Equal((1, false), (batching.Size, batching.IsFixed));
    }

    [Fact]
    public void All_inputs_of_one_size_are_a_fixed_batch()
    {
        Batching batching = Of(new GraphBuilder().Input("x", [2, 1, 4]).Input("h", [2, 1, 4]));

        Assert.Equal((2, true), (batching.Size, batching.IsFixed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_sample_that_fills_the_first_axis_is_run_alone(int wanted)
    {
        // The colours of a picture without a batch.
        Batching batching = Of(new GraphBuilder().Input("x", [3, 8, 8]).Input("h", [3, 8, 8]), wanted, 3, 8, 8);

        Assert.Equal((1, false), (batching.Size, batching.IsFixed));
    }

    private static Batching Of(GraphBuilder graph, int wanted = 1, params long[] shape)
    {
        long[] ofSample = shape.Length == 0 ? [1, 1, 4] : shape;
        TensorValue value = TensorValue.FromFloats(ofSample, new float[ofSample.Aggregate(1L, (product, size) => product * size)]);
        Sample sample = new("one", new Dictionary<string, TensorValue> { ["x"] = value, ["h"] = value });
        using TappedModel model = TappedModel.Open(graph.Node("Add", ["x", "h"], ["y"]).Output("y").Build(), ["y"], asOutputs: true);
        return Batching.For(model, wanted, () => sample, CancellationToken.None);
    }
}
