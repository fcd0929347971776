using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Isolation;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Isolation;

public class UnfitTensorsTests
{
    private static readonly float[] Usual = SmallNetworks.Values(1000, seed: 7);

    [Fact]
    public void A_tensor_with_infinities_leaves_its_maker_and_its_readers_in_float()
    {
        IReadOnlyDictionary<string, string> nodes = Nodes([.. Usual, float.NegativeInfinity]);

        Assert.Equal(["Conv_a", "Conv_y"], nodes.Keys.Order());
        Assert.All(nodes.Values, reason => Assert.Contains("tensor 'a' holds NaN or infinity", reason));
    }

    [Theory]
    [InlineData(-1e4f)]
    [InlineData(-1e9f)]
    public void So_does_a_mask_however_often_it_holds(float mask)
    {
        Assert.Contains("beside which most of its values would become zero", Nodes([.. Usual, mask])["Conv_y"]);
        Assert.Equal(2, Nodes([.. Usual, .. Enumerable.Repeat(mask, 2000)]).Count);
    }

    [Fact]
    public void So_do_values_whose_scale_could_not_be_multiplied()
    {
        Assert.Contains("too far for a scale", Nodes([.. Usual.Select(value => value * 1e20f)])["Conv_a"]);
    }

    [Fact]
    public void Wide_and_large_ranges_and_rare_outliers_are_for_the_choice_of_ranges()
    {
        Assert.Empty(Nodes([.. Usual, 500f]));
        Assert.Empty(Nodes([.. Usual.Select(value => value * 1e6f)]));
    }

    [Fact]
    public void A_bias_that_drowns_weights_of_one_scale_leaves_its_layer_in_float_unless_each_channel_has_its_own()
    {
        float[] bias = new float[16];
        bias[3] = 1e9f;

        Assert.Contains("its bias 'a_b' reaches 1e+09", Nodes(Usual, bias, perChannel: false)["Conv_a"]);
        Assert.Empty(Nodes(Usual, bias, perChannel: true));
        Assert.Empty(Nodes(Usual, new float[16], perChannel: false));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_bias_that_a_product_adds_in_float_drowns_nothing(bool isStandard, int expected)
    {
        float[] bias = new float[128];
        bias[3] = 1e9f;
        OnnxModel source = new GraphBuilder()
            .Input("x", [1, 8, 128])
            .Constant("w", [128, 128], SmallNetworks.Values(128 * 128, seed: 1))
            .Constant("b", [128], bias)
            .Node("MatMul", ["x", "w"], ["product"])
            .Node("Add", ["product", "b"], ["y"])
            .Output("y")
            .Build();
        PlacementOptions options = PlacementOptions.Default with { StandardOnly = isStandard };
        PlacedModel placed = Placer.Place(ModelNormalizer.Normalize(source), QuantizationTarget.Default.Target, options);
        CalibrationStatistics statistics = new(placed.Sites.Observed.ToDictionary(tensor => tensor, _ => Of(Usual)), 1);

        IReadOnlyDictionary<string, string> nodes = new UnfitTensors(placed, statistics, perChannel: false).Nodes();

        Assert.Equal(expected, nodes.Count(node => node.Key == "MatMul_product"));
    }

    [Theory]
    [InlineData(1e9f, 1)]
    [InlineData(100f, 0)]
    public void A_sum_with_a_constant_beside_which_its_results_vanish_stays_in_float(float value, int expected)
    {
        float[] weights = SmallNetworks.Values(16 * 16 * 9, seed: 1),
            mask = new float[36];
        mask[3] = -value;
        OnnxModel source = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Constant("w", [16, 16, 3, 3], weights)
            .Constant("mask", [1, 1, 6, 6], mask)
            .Node("Conv", ["x", "w"], ["a"])
            .Node("Add", ["a", "mask"], ["b"])
            .Node("Relu", ["b"], ["c"])
            .Node("Conv", ["c", "w"], ["y"])
            .Output("y")
            .Build();
        PlacedModel placed = Placer.Place(ModelNormalizer.Normalize(source), QuantizationTarget.Default.Target);
        CalibrationStatistics statistics = new(placed.Sites.Observed.ToDictionary(tensor => tensor, _ => Of(Usual)), 1);

        IReadOnlyDictionary<string, string> nodes = new UnfitTensors(placed, statistics, perChannel: true).Nodes();

        Assert.Equal(
            expected,
            nodes.Count(node => node is { Key: "Add_b", Value: "its constant 'mask' reaches 1e+09, beside which its results vanish" })
        );
    }

    private static IReadOnlyDictionary<string, string> Nodes(float[] values, float[]? bias = null, bool perChannel = true)
    {
        float[] weights = SmallNetworks.Values(16 * 16 * 9, seed: 1);
        OnnxModel source = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Constant("a_w", [16, 16, 3, 3], weights)
            .Constant("a_b", [16], bias ?? new float[16])
            .Constant("y_w", [16, 16, 3, 3], weights)
            .Node("Conv", ["x", "a_w", "a_b"], ["a"])
            .Node("Conv", ["a", "y_w"], ["y"])
            .Output("y")
            .Build();
        PlacedModel placed = Placer.Place(ModelNormalizer.Normalize(source), QuantizationTarget.Default.Target);
        Dictionary<string, TensorStatistics> statistics = placed.Sites.Observed.ToDictionary(
            tensor => tensor,
            tensor => Of(tensor == "a" ? values : Usual)
        );
        return new UnfitTensors(placed, new CalibrationStatistics(statistics, 1), perChannel).Nodes();
    }

    private static TensorStatistics Of(float[] values)
    {
        TensorStatistics statistics = new();
        statistics.Add(values);
        return statistics;
    }
}
