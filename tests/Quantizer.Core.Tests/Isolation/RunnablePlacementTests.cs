using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Isolation;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Isolation;

public class RunnablePlacementTests
{
    [Fact]
    public void A_product_of_activations_that_ONNX_Runtime_fuses_wrongly_costs_only_the_layer_behind_it()
    {
        RunnablePlacement placement = Place(ConvolvedProduct());

        Assert.Equal(["Conv_y", "MatMul_z"], placement.Float.Keys.Order());
        Assert.All(
            placement.Float.Values,
            reason => Assert.StartsWith("ONNX Runtime does not run the model with it in integers: node 'MatMul_z'", reason)
        );
        Assert.Equal(["Conv_a", "Conv_b"], placement.Placed.Sites.Weights.Select(site => site.Node));
        Assert.Null(TrialRun.FailureOf(placement.Placed.Lowered.Model, placement.Placed.Sites, Sample(ConvolvedProduct())));
    }

    [Fact]
    public void Of_a_network_that_runs_nothing_is_left_in_float()
    {
        RunnablePlacement placement = Place(
            new GraphBuilder().Input("x", [1, 16, 12, 12]).Conv("a", "x").Conv("y", "a").Output("y").Build()
        );

        Assert.Empty(placement.Float);
        Assert.Equal(2, placement.Placed.Sites.Weights.Count);
    }

    [Fact]
    public void A_sample_that_the_model_itself_does_not_take_costs_nothing()
    {
        RunnablePlacement placement = RunnablePlacement.Of(Placed(ConvolvedProduct()), ArraySamples.Random(1, [1, 16, 5]).Load(0).Inputs);

        Assert.Empty(placement.Float);
        Assert.Equal(3, placement.Placed.Sites.Weights.Count);
    }

    [Fact]
    public void A_finished_plan_that_fails_loses_what_lies_around_the_named_node()
    {
        RunnablePlacement placement = Place(
            new GraphBuilder().Input("x", [1, 16, 12, 12]).Conv("a", "x").Conv("b", "a").Conv("c", "b").Conv("y", "c").Output("y").Build()
        );

        RunnablePlacement without = placement.Without("node 'Conv_c' (QLinearConv): no");

        Assert.Equal(["Conv_b", "Conv_c", "Conv_y"], without.Float.Keys.Order());
        Assert.Equal(["Conv_a"], without.Placed.Sites.Weights.Select(site => site.Node));
        Assert.Empty(without.Without("words without a name").Placed.Sites.Weights);
    }

    private static OnnxModel ConvolvedProduct() =>
        new GraphBuilder()
            .Input("x", [1, 16, 12, 12])
            .Conv("a", "x")
            .Conv("b", "x")
            .Node("MatMul", ["a", "b"], ["z"])
            .Conv("y", "z")
            .Output("y")
            .Build();

    private static RunnablePlacement Place(OnnxModel source) => RunnablePlacement.Of(Placed(source), Sample(source));

    private static PlacedModel Placed(OnnxModel source) =>
        Placer.Place(ModelNormalizer.Normalize(source), QuantizationTarget.Default.Target);

    private static IReadOnlyDictionary<string, TensorValue> Sample(OnnxModel model) =>
        ArraySamples.Random(1, [.. model.Graph.Inputs[0].Shape!.Select(axis => axis.Size!.Value)]).Load(0).Inputs;
}

file static class Layers
{
    public static GraphBuilder Conv(this GraphBuilder builder, string output, string input) =>
        builder
            .Constant($"{output}_w", [16, 16, 3, 3], SmallNetworks.Values(16 * 16 * 9, seed: output[0]))
            .Node("Conv", [input, $"{output}_w"], [output], NodeAttribute.Of("pads", [1L, 1L, 1L, 1L]));
}
