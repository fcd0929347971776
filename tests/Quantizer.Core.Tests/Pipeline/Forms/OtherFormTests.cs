using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Pipeline.Forms;
using Quantizer.Placement;
using Quantizer.Targets;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Pipeline.Forms;

public class OtherFormTests
{
    private const double Plenty = 40,
        Fine = 30,
        Hopeless = 5;

    [Fact]
    public void Of_linear_layers_around_a_normalization_ranges_of_each_run_are_tried()
    {
        GraphBuilder layers = Vectors(new GraphBuilder().Input("x", [1, 8, 128])).Output("z");

        Assert.Equal([new OtherForm(ActivationMode.Dynamic, null)], InEachRun(layers, Fine));
        Assert.Equal([new OtherForm(ActivationMode.Dynamic, null)], InEachRun(layers, Plenty));
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

        Assert.Empty(InEachRun(chain, Fine));
    }

    [Fact]
    public void Convolutions_that_are_a_small_part_compute_in_float_or_keep_their_ranges()
    {
        GraphBuilder front = Vectors(Fronted(channels: 32)).Output("z");

        Assert.Equal([ActivationMode.Dynamic, ActivationMode.Mixed], InEachRun(front, Fine).Select(form => form.Mode));
        Assert.True(InEachRun(front, Fine)[0].CostDb > 0);
        Assert.Equal(0, InEachRun(front, Fine)[1].CostDb);
    }

    [Fact]
    public void No_speed_is_given_for_more_where_there_is_plenty()
    {
        Assert.Equal([new OtherForm(ActivationMode.Mixed, null)], InEachRun(Vectors(Fronted(channels: 32)).Output("z"), Plenty));
    }

    [Fact]
    public void Convolutions_that_are_a_large_part_keep_their_ranges()
    {
        Assert.Equal([new OtherForm(ActivationMode.Mixed, null)], InEachRun(Vectors(Fronted(channels: 96)).Output("z"), Fine));
    }

    [Fact]
    public void Convolutions_along_one_axis_take_their_ranges_in_each_run_where_that_gains_enough()
    {
        GraphBuilder network = new GraphBuilder()
            .Input("x", [1, 128, 40])
            .Constant("w", [128, 128, 3], Layers.Weights(128 * 128 * 3, 128 * 3, "w"))
            .Node("Conv", ["x", "w"], ["c"])
            .Constant("gamma", [38], Layers.Weights(38, 1, "gamma"))
            .Node("LayerNormalization", ["c", "gamma"], ["z"])
            .Output("z");

        OtherForm form = Assert.Single(InEachRun(network, Fine));
        Assert.Equal(ActivationMode.Dynamic, form.Mode);
        Assert.True(form.CostDb > 0);
        Assert.Empty(InEachRun(network, Plenty));
    }

    [Fact]
    public void Beside_much_larger_convolutions_linear_layers_are_not_worth_a_trial()
    {
        Assert.Empty(InEachRun(Vectors(Fronted(channels: 512)).Output("z"), Fine));
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

        Assert.Null(OtherForm.OnlyStored(Placed(gated), Fine));
        Assert.Equal(ActivationMode.None, OtherForm.OnlyStored(Placed(gated), Hopeless)?.Mode);
        Assert.Contains("leave 5.0 dB", OtherForm.OnlyStored(Placed(gated), Hopeless)!.Why);
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

        Assert.NotNull(OtherForm.OnlyStored(Placed(Network("Mul")), Hopeless));
        Assert.Null(OtherForm.OnlyStored(Placed(Network("Add")), Hopeless));
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

        Assert.Null(OtherForm.OnlyStored(Placed(plain), Hopeless));
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

    private static IReadOnlyList<OtherForm> InEachRun(GraphBuilder builder, double sqnrDb)
    {
        PlacedModel placed = Placed(builder);
        return OtherForm.InEachRun(placed, WorkCount.Of(placed.Lowered.Model, placed.Lowered.SampleTensors, sample: null), sqnrDb);
    }

    /// <summary>Two convolutions that make eight vectors of 128.</summary>
    private static GraphBuilder Fronted(int channels) =>
        new GraphBuilder()
            .Input("image", [1, channels, 2, 4])
            .Conv("c", "image", channels, channels, kernel: 1)
            .Node("Relu", ["c"], ["r"])
            .Conv("d", "r", channels, 128, kernel: 1)
            .Constant("shape", [3], [1L, 128L, 8L])
            .Node("Reshape", ["d", "shape"], ["flat"])
            .Node("Transpose", ["flat"], ["x"], NodeAttribute.Of("perm", [0L, 2L, 1L]));

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
