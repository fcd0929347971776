using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Pipeline;

public class OtherFormTests
{
    private const double Fine = 30,
        Hopeless = 5;

    [Fact]
    public void Of_linear_layers_around_a_normalization_ranges_of_each_run_are_tried()
    {
        GraphBuilder layers = Vectors(new GraphBuilder().Input("x", [1, 8, 128])).Output("z");

        Assert.Equal(ActivationMode.Dynamic, OtherForm.For(Placed(layers), Fine)?.Mode);
        Assert.Equal(ActivationMode.Dynamic, OtherForm.For(Placed(layers), Hopeless)?.Mode);
    }

    [Fact]
    public void Of_linear_layers_that_hand_on_integers_nothing_is_tried()
    {
        GraphBuilder chain = new GraphBuilder()
            .Input("x", [1, 8, 128])
            .MatMul("a", "x", 128, 128)
            .Node("Relu", ["a"], ["r"])
            .MatMul("z", "r", 128, 128)
            .Output("z");

        Assert.Null(OtherForm.For(Placed(chain), Fine));
    }

    [Fact]
    public void Gated_convolutions_are_only_stored_where_8_bits_leave_nothing()
    {
        GraphBuilder gated = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("a", "x", 16, 32)
            .Node("HardSwish", ["a"], ["h"])
            .Conv("z", "h", 32, 32)
            .Output("z");

        Assert.Null(OtherForm.For(Placed(gated), Fine));
        Assert.Equal(ActivationMode.None, OtherForm.For(Placed(gated), Hopeless)?.Mode);
        Assert.Contains("leave 5.0 dB", OtherForm.For(Placed(gated), Hopeless)!.Why);
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("HardSigmoid")]
    public void A_squashed_value_is_a_gate_where_it_is_multiplied(string squashing)
    {
        GraphBuilder Network(string use) =>
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 32)
                .Node(squashing, ["a"], ["s"])
                .Node(use, ["a", "s"], ["g"])
                .Conv("z", "g", 32, 32)
                .Output("z");

        Assert.NotNull(OtherForm.For(Placed(Network("Mul")), Hopeless));
        Assert.Null(OtherForm.For(Placed(Network("Add")), Hopeless));
    }

    [Fact]
    public void Plain_convolutions_stay_as_they_are_however_bad()
    {
        GraphBuilder plain = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("a", "x", 16, 32)
            .Node("Relu", ["a"], ["r"])
            .Conv("z", "r", 32, 32)
            .Output("z");

        Assert.Null(OtherForm.For(Placed(plain), Hopeless));
    }

    [Fact]
    public void The_outcome_is_told()
    {
        OtherForm form = new(ActivationMode.Dynamic, null);

        Assert.Equal(
            "Tried --activations dynamic: 38.7 dB at the outputs, 36.8 dB with fixed ranges; taken.",
            form.Outcome(36.8, 38.7, true)
        );
        Assert.Equal("Tried --activations dynamic: does not run, 36.8 dB with fixed ranges; not taken.", form.Outcome(36.8, null, false));
    }

    private static GraphBuilder Vectors(GraphBuilder builder) =>
        builder
            .MatMul("a", "x", 128, 128)
            .Constant("gamma", [128], Layers.Weights(128, 1, "gamma"))
            .Constant("beta", [128], Layers.Weights(128, 1, "beta"))
            .Node("LayerNormalization", ["a", "gamma", "beta"], ["n"])
            .MatMul("z", "n", 128, 128);

    private static PlacedModel Placed(GraphBuilder builder) =>
        Placer.Place(ModelNormalizer.Normalize(builder.Build()), QuantizationTarget.Default.Target);
}
