using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Placement;

/// <summary>What --include, --exclude and --exclude-op do.</summary>
public class NameFilterTests
{
    [Theory]
    [InlineData("Conv_middle")]
    [InlineData("middle")]
    [InlineData("*_middle")]
    [InlineData("Conv_m?ddle")]
    public void Exclude_matches_names_of_nodes_and_of_their_outputs(string pattern)
    {
        QuantizationSites sites = Placed.Of(Three(), PlacementOptions.Default with { Exclude = [pattern] });

        Assert.Equal(["Conv_first", "Conv_last"], sites.IntegerNodes());
        Assert.Equal($"excluded by --exclude {pattern}", sites.ReasonOf("Conv_middle"));
    }

    [Fact]
    public void Include_leaves_everything_else_in_float()
    {
        QuantizationSites sites = Placed.Of(Three(), PlacementOptions.Default with { Include = ["*first", "*last"] });

        Assert.Equal(["Conv_first", "Conv_last"], sites.IntegerNodes());
        Assert.Equal("not matched by --include", sites.ReasonOf("Conv_middle"));
    }

    [Fact]
    public void Exclude_wins_over_include()
    {
        QuantizationSites sites = Placed.Of(Three(), PlacementOptions.Default with { Include = ["Conv_*"], Exclude = ["Conv_first"] });

        Assert.Equal(["Conv_middle", "Conv_last"], sites.IntegerNodes());
    }

    [Fact]
    public void Operator_types_are_excluded_whatever_their_case()
    {
        QuantizationSites sites = Placed.Of(Three(), PlacementOptions.Default with { ExcludeOpTypes = ["conv"] });

        Assert.Empty(sites.IntegerNodes());
        Assert.Equal("excluded by --exclude-op conv", sites.ReasonOf("Conv_first"));
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_an_error()
    {
        AssertUnmatched(PlacementOptions.Default with { Exclude = ["Conv_first", "conv_middle"] }, "conv_middle");
        AssertUnmatched(PlacementOptions.Default with { Include = ["Conv_?"] }, "Conv_?");
        AssertUnmatched(PlacementOptions.Default with { ExcludeOpTypes = ["Sigmoid"] }, "Sigmoid");
    }

    [Fact]
    public void A_pattern_that_another_one_makes_needless_is_no_error()
    {
        QuantizationSites sites = Placed.Of(
            Three(),
            new PlacementOptions
            {
                Exclude = ["Conv_*", "Conv_first"],
                ExcludeOpTypes = ["Conv"],
                Include = ["Conv_l*"],
            }
        );

        Assert.Empty(sites.IntegerNodes());
        Assert.Equal("excluded by --exclude Conv_*", sites.ReasonOf("Conv_first"));
    }

    [Fact]
    public void Names_are_those_of_the_users_file()
    {
        QuantizationSites sites = Placed.Of(
            Three(),
            PlacementOptions.Default with
            {
                Exclude = ["/backbone/block.1/conv"],
            },
            node => node.Name == "Conv_middle" ? ["/backbone/block.1/conv"] : [node.Name]
        );

        Assert.Equal(["Conv_first", "Conv_last"], sites.IntegerNodes());
    }

    private static void AssertUnmatched(PlacementOptions options, string pattern)
    {
        QuantizationException error = Assert.Throws<QuantizationException>(() => Placed.Of(Three(), options));
        Assert.StartsWith($"Pattern '{pattern}' matches no node, tensor or operator type of the model.", error.Message);
    }

    private static GraphBuilder Three() =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("first", "x", 16, 16)
            .Conv("middle", "first", 16, 16)
            .Conv("last", "middle", 16, 16)
            .Output("last");
}
