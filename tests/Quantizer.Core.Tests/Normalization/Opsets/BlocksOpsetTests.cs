using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Normalization.Opsets;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Opsets;

/// <summary>From older sets to the one with blocks; the model in its old set and the upgraded one are run and compared.</summary>
public sealed class BlocksOpsetTests
{
    [Theory]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceL2")]
    public void Axes_of_reductions_become_an_input(string type)
    {
        NormalizedModel upgraded = Upgraded(
            new GraphBuilder(17).Input("x", [2, 3, 4]).Node(type, ["x"], ["y"], NodeAttribute.Of("axes", [1L]))
        );

        Assert.Equal(2, upgraded.Graph.Nodes[0].Inputs.Count);
    }

    [Fact]
    public void Equal_parts_are_counted()
    {
        NormalizedModel upgraded = Upgraded(
            new GraphBuilder(13)
                .Input("x", [2, 4])
                .Node("Split", ["x"], ["a", "b"], NodeAttribute.Of("axis", 1L))
                .Node("Mul", ["a", "b"], ["y"])
        );

        Assert.Equal(2, upgraded.Graph.Nodes[0].IntAttribute("num_outputs", 0));
    }

    [Theory]
    [InlineData("bilinear")]
    [InlineData("bicubic")]
    [InlineData("nearest")]
    public void Samplings_of_a_grid_are_called_otherwise(string mode) =>
        Upgraded(
            new GraphBuilder(16)
                .Input("x", [1, 2, 5, 5])
                .Input("grid", [1, 3, 3, 2])
                .Node("GridSample", ["x", "grid"], ["y"], NodeAttribute.Of("mode", mode))
        );

    [Fact]
    public void What_newer_sets_brought_stays() =>
        Upgraded(
            new GraphBuilder(17)
                .Input("x", [2, 8])
                .Constant("s", [8], Enumerable.Range(1, 8).Select(i => (float)i).ToArray())
                .Node("HardSwish", ["x"], ["h"])
                .Node("LayerNormalization", ["h", "s"], ["y"])
        );

    [Fact]
    public void A_model_of_a_newer_set_keeps_it() =>
        Assert.Equal(
            22,
            Of(
                new GraphBuilder(22).Input("x", [2, 3]).Node("Relu", ["x"], ["y"]).Output("y").Build(),
                leastOpset: OpsetUpgrade.Blocks
            ).Model.Opset
        );

    private static NormalizedModel Upgraded(GraphBuilder builder)
    {
        NormalizedModel normalized = Of(builder.Output("y").Build(), leastOpset: OpsetUpgrade.Blocks);
        Assert.Equal((21, 10), (normalized.Model.Opset, normalized.Model.IrVersion));
        return normalized;
    }
}
