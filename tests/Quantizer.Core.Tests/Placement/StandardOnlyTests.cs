using Quantizer.Core.Tests.Patterns;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Placement;

/// <summary>What --standard-only does to placement, and names of nodes that were joined.</summary>
public class StandardOnlyTests
{
    [Fact]
    public void An_LSTM_stays_in_float_and_says_why()
    {
        PlacedModel placed = Place(Lstm(), PlacementOptions.Default with { StandardOnly = true });

        Assert.Empty(placed.Sites.Dynamic);
        Assert.Contains(
            placed.Sites.Nodes,
            node => node.Reason.EndsWith("among the standard operators, which --standard-only keeps to", StringComparison.Ordinal)
        );
        Assert.NotEmpty(Place(Lstm(), PlacementOptions.Default).Sites.Dynamic);
    }

    [Theory]
    [InlineData("Sigmoid_act_gate")]
    [InlineData("act_gate")]
    [InlineData("Mul_act")]
    public void A_joined_node_may_be_excluded_by_any_of_its_names(string name) =>
        Assert.Equal(
            $"excluded by --exclude {name}",
            Place(Silu(), PlacementOptions.Default with { Exclude = [name] }).Sites.Nodes.Single(node => node.OpType == "QuickGelu").Reason
        );

    [Fact]
    public void An_operator_type_that_was_joined_away_is_no_misspelling() =>
        Assert.Contains(
            Place(Silu(), PlacementOptions.Default with { ExcludeOpTypes = ["Sigmoid"] }).Sites.Nodes,
            node => node.OpType == "QuickGelu"
        );

    private static PlacedModel Place(OnnxModel model, PlacementOptions options) =>
        Placer.Place(ModelNormalizer.Normalize(model), QuantizationTarget.Default.Target, options);

    private static OnnxModel Silu() =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("first", "x", 16, 32)
            .Silu("act", "first")
            .Conv("last", "act", 32, 16)
            .Output("last")
            .Build();

    private static OnnxModel Lstm()
    {
        const int size = 64;
        return new GraphBuilder()
            .Input("x", [8, 1, size])
            .Constant("w", [1, 4 * size, size], Layers.Weights(4 * size * size, size, "w"))
            .Constant("r", [1, 4 * size, size], Layers.Weights(4 * size * size, size, "r"))
            .Node("LSTM", ["x", "w", "r"], ["y"], NodeAttribute.Of("hidden_size", (long)size))
            .Output("y")
            .Build();
    }
}
