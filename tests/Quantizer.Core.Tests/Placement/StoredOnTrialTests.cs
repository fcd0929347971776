using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Placement;

/// <summary>A stem of three channels, which is too small to be stored, and two layers on integers behind it.</summary>
public class StoredOnTrialTests
{
    private static readonly Dictionary<string, string> Others = new() { ["Conv_b"] = "on trial" };

    [Fact]
    public void The_stem_stays_as_it_is_whatever_is_given_back()
    {
        QuantizationSites whole = Placed.Of(Network()),
            alone = Placed.Of(Network(), PlacementOptions.Default with { Float = Others }),
            mixed = Placed.Of(Network(), PlacementOptions.Default with { Stored = Others });

        Assert.Equal(["Conv_a", "Conv_b"], whole.WeightedNodes);
        Assert.Equal(["Conv_a"], alone.WeightedNodes);
        Assert.Equal(["Conv_a", "Conv_b"], mixed.WeightedNodes);
        Assert.Equal(["b_w"], mixed.Stored.Select(site => site.Tensor));
    }

    [Fact]
    public void Where_rules_leave_as_much_in_float_it_is_stored_with_that() =>
        Assert.Contains("stem_w", Placed.Of(Network(groups: 4)).Stored.Select(site => site.Tensor));

    /// <param name="groups">Of the second layer; more than one stay in float.</param>
    private static GraphBuilder Network(int groups = 1) =>
        new GraphBuilder()
            .Input("x", [1, 3, 16, 16])
            .Conv("stem", "x", 3, 32)
            .Node("Relu", ["stem"], ["r"])
            .Conv("a", "r", 32, 32)
            .Conv("b", "a", 32, 32, group: groups)
            .Output("b");
}
