using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Opsets;

/// <summary>What older sets have as attributes and newer ones as inputs. Each test runs the model in its old operator set and the
/// upgraded one, and compares.</summary>
public sealed class InputUpgradeTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void Clip_bounds_become_inputs(int opset)
    {
        NormalizedModel both = Upgraded(
            new GraphBuilder(opset)
                .Input("x", [2, 3])
                .Node("Clip", ["x"], ["y"], NodeAttribute.Of("min", -0.25f), NodeAttribute.Of("max", 0.5f))
        );
        NormalizedModel upper = Upgraded(
            new GraphBuilder(opset).Input("x", [2, 3]).Node("Clip", ["x"], ["y"], NodeAttribute.Of("max", 0.25f))
        );

        Assert.Equal(-0.25f, both.Constant(both.Graph.Nodes[0].Inputs[1]).Values<float>()[0]);
        Assert.Equal("", upper.Graph.Nodes[0].Inputs[1]);
    }

    [Fact]
    public void The_fill_value_of_a_Pad_takes_the_type_of_the_data()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder(10)
                .Input("x", [2, 3])
                .Node("Cast", ["x"], ["d"], NodeAttribute.Of("to", (long)ElementType.Double))
                .Node("Identity", ["d"], ["e"])
                .Node("Pad", ["e"], ["p"], NodeAttribute.Of("pads", [0, 1, 0, 0]), NodeAttribute.Of("value", 0.75f))
                .Node("Cast", ["p"], ["y"], NodeAttribute.Of("to", 1L))
                .Output("y")
                .Build()
        );

        Assert.Equal("Cast Pad Cast", normalized.Operators());
        Assert.Equal(0.75, normalized.Constant(normalized.Graph.Nodes[1].Inputs[2]).Values<double>()[0]);
    }

    [Theory]
    [InlineData("constant", 0f)]
    [InlineData("constant", 1.5f)]
    [InlineData("reflect", 0f)]
    [InlineData("edge", 0f)]
    public void Pads_become_an_input(string mode, float value) =>
        Upgraded(
            new GraphBuilder(8)
                .Input("x", [2, 3])
                .Node(
                    "Pad",
                    ["x"],
                    ["y"],
                    NodeAttribute.Of("pads", [0, 1, 1, 2]),
                    NodeAttribute.Of("mode", mode),
                    NodeAttribute.Of("value", value)
                )
        );

    [Fact]
    public void Slice_bounds_become_inputs()
    {
        Upgraded(
            new GraphBuilder(9)
                .Input("x", [4, 5])
                .Node("Slice", ["x"], ["y"], NodeAttribute.Of("starts", [1]), NodeAttribute.Of("ends", [-1]), NodeAttribute.Of("axes", [1]))
        );
        Upgraded(
            new GraphBuilder(9)
                .Input("x", [4, 5])
                .Node("Slice", ["x"], ["y"], NodeAttribute.Of("starts", [1, 0]), NodeAttribute.Of("ends", [int.MaxValue, 2]))
        );
    }

    [Theory]
    [InlineData("Squeeze")]
    [InlineData("Unsqueeze")]
    [InlineData("ReduceSum")]
    public void Axes_become_an_input(string opType)
    {
        Upgraded(new GraphBuilder(11).Input("x", [4, 1, 5]).Node(opType, ["x"], ["y"], NodeAttribute.Of("axes", [1])));
        if (opType != "Unsqueeze")
            Upgraded(new GraphBuilder(11).Input("x", [4, 1, 5]).Node(opType, ["x"], ["y"]));
    }

    [Fact]
    public void Split_sizes_become_an_input()
    {
        Of(
            new GraphBuilder(11)
                .Input("x", [4, 5])
                .Node("Split", ["x"], ["y", "z"], NodeAttribute.Of("split", [2, 3]), NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("z")
                .Build()
        );
        Of(
            new GraphBuilder(11)
                .Input("x", [4, 6])
                .Node("Split", ["x"], ["y", "z"], NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("z")
                .Build()
        );
    }

    [Fact]
    public void TopK_takes_k_as_an_input() =>
        Of(
            new GraphBuilder(8)
                .Input("x", [4, 6])
                .Node("TopK", ["x"], ["y", "i"], NodeAttribute.Of("k", 2L), NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("i", null, ElementType.Int64)
                .Build()
        );
}
