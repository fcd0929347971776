using Quantizer.Calibration.Observation;
using Quantizer.Calibration.Running;
using Quantizer.Graphs;

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

    private static Batching Of(GraphBuilder graph)
    {
        using TappedModel model = TappedModel.Open(graph.Node("Add", ["x", "h"], ["y"]).Output("y").Build(), ["y"], asOutputs: true);
        return Batching.For(model, wanted: 1, first: null, CancellationToken.None);
    }
}
