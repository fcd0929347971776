using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization;

public sealed class ConstantTests
{
    [Fact]
    public void An_initializer_listed_as_an_input_becomes_a_constant_and_IR_3_is_raised()
    {
        OnnxModel model = new GraphBuilder(opset: 13)
            .Input("x", [1, 2])
            .Input("w", [2, 3])
            .Constant("w", [2, 3], NormalizedGraph.Values(6))
            .Node("MatMul", ["x", "w"], ["y"])
            .Output("y")
            .Build();
        model.IrVersion = 3;

        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        Assert.Equal("x", Assert.Single(normalized.Graph.Inputs).Name);
        Assert.Equal(8, normalized.Model.IrVersion);
        Assert.Equal(2, model.Graph.Inputs.Count);
        Equivalence.Assert(
            model,
            normalized.Model,
            inputs: Equivalence.RandomInputs([new TensorSignature("x", ElementType.Float, [new(1), new(2)])])
        );
    }

    [Fact]
    public void An_input_with_a_default_that_no_layer_has_for_weights_stays_one_used_or_not()
    {
        OnnxModel model = new GraphBuilder(opset: 13)
            .Input("x", [1, 2])
            .Input("threshold", [1])
            .Input("unread", [1])
            .Constant("w", [2, 3], NormalizedGraph.Values(6))
            .Constant("threshold", [1], [0.25f])
            .Constant("unread", [1], [0.5f])
            .Node("MatMul", ["x", "w"], ["a"])
            .Node("Sub", ["a", "threshold"], ["y"])
            .Output("y")
            .Build();

        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        Assert.Equal("MatMul Sub", normalized.Operators());
        Assert.Equal(["x", "threshold", "unread"], normalized.Graph.Inputs.Select(input => input.Name));
        Assert.Equal(0.25f, normalized.Constant("threshold").Values<float>()[0]);
        Assert.Equal(0.5f, normalized.Constant("unread").Values<float>()[0]);
    }

    [Theory]
    [InlineData(13, 8)]
    [InlineData(18, 8)]
    [InlineData(20, 9)]
    [InlineData(22, 10)]
    [InlineData(23, 11)]
    [InlineData(24, 12)]
    [InlineData(26, 13)]
    public void Operator_sets_come_with_their_IR_version(long opset, long expected) => Assert.Equal(expected, IrVersions.For(opset));

    [Fact]
    public void Every_kind_of_Constant_node_becomes_an_initializer_of_the_same_value()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", [2])
                .Node("Constant", [], ["tensor"], NodeAttribute.Of("value", Tensor.FromFloats("", [2], [1, 2])))
                .Node("Constant", [], ["float"], NodeAttribute.Of("value_float", 3f))
                .Node("Constant", [], ["floats"], new NodeAttribute("value_floats", new AttributeValue.FloatList([4, 5])))
                .Node("Constant", [], ["int"], NodeAttribute.Of("value_int", 1L))
                .Node("Constant", [], ["ints"], NodeAttribute.Of("value_ints", [1, 2]))
                .Node("Add", ["x", "tensor"], ["a"])
                .Node("Mul", ["a", "float"], ["b"])
                .Node("Sub", ["b", "floats"], ["c"])
                .Node("Reshape", ["c", "ints"], ["d"])
                .Node("Gather", ["d", "int"], ["y"], NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Build()
        );

        Assert.Equal("Add Mul Sub Reshape Gather", normalized.Operators());
        Assert.Equal([1f, 2f], normalized.Constant("tensor").Values<float>().ToArray());
        Assert.Equal([3f], normalized.Constant("float").Values<float>().ToArray());
        Assert.Empty(normalized.Constant("float").Dimensions);
        Assert.Equal([4f, 5f], normalized.Constant("floats").Values<float>().ToArray());
        Assert.Equal([1L], normalized.Constant("int").Values<long>().ToArray());
        Assert.Equal([1L, 2L], normalized.Constant("ints").Values<long>().ToArray());
    }

    [Fact]
    public void String_constants_keep_their_bytes()
    {
        Node node = new("Constant", [], ["s"])
        {
            Attributes =
            [
                new NodeAttribute("value_strings", new AttributeValue.StringList([new byte[] { 104, 105 }, new byte[] { 0xff }])),
            ],
        };

        Tensor tensor = ConstantNodes.ValueOf(node, "s")!;

        Assert.Equal(ElementType.String, tensor.Type);
        Assert.Equal([2L], tensor.Dimensions);
        Assert.Equal([0xff], tensor.Strings![1].ToArray());
    }

    [Fact]
    public void A_Constant_that_is_a_graph_output_is_kept()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", [2])
                .Node("Relu", ["x"], ["y"])
                .Node("Constant", [], ["c"], NodeAttribute.Of("value_float", 3f))
                .Output("y")
                .Output("c", [])
                .Build()
        );

        Assert.Equal("Relu Constant", normalized.Operators());
    }

    [Fact]
    public void A_chain_of_constants_is_computed_into_its_last_value()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", [1, 3])
                .Constant("w", [2, 3], [1f, 2, 3, 4, 5, 6])
                .Node("Transpose", ["w"], ["t"], NodeAttribute.Of("perm", [1, 0]))
                .Node("Neg", ["t"], ["n"])
                .Node("MatMul", ["x", "n"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("MatMul", normalized.Operators());
        Assert.Equal([3L, 2L], normalized.Constant("n").Dimensions);
        Assert.Equal([-1f, -4, -2, -5, -3, -6], normalized.Constant("n").Values<float>().ToArray());
        Assert.Single(normalized.Graph.Initializers);
    }

    [Fact]
    public void Random_values_are_not_folded()
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder(opset: 13)
                .Input("x", [2])
                .Node("RandomNormal", [], ["r"], NodeAttribute.Of("shape", [2]))
                .Node("Add", ["x", "r"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("RandomNormal Add", normalized.Operators());
    }

    [Fact]
    public void A_constant_that_would_swell_the_file_is_left_to_be_computed()
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder(opset: 13)
                .Input("x", [1])
                .Constant("size", [1], [20_000_000L])
                .Node("ConstantOfShape", ["size"], ["zeros"])
                .Node("Add", ["x", "zeros"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("ConstantOfShape Add", normalized.Operators());
    }

    [Fact]
    public void Large_constants_of_one_value_become_one_whether_copies_or_behind_an_Identity()
    {
        float[] weights = NormalizedGraph.Values(64 * 64),
            others = NormalizedGraph.Values(64 * 64, seed: 2);
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 64])
                .Constant("w1", [64, 64], weights)
                .Constant("w2", [64, 64], weights)
                .Constant("w4", [64, 64], others)
                .Node("Identity", ["w1"], ["w3"])
                .Node("MatMul", ["x", "w1"], ["a"])
                .Node("MatMul", ["a", "w2"], ["b"])
                .Node("MatMul", ["b", "w3"], ["c"])
                .Node("MatMul", ["c", "w4"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal(["w1", "w1", "w1", "w4"], normalized.Graph.Nodes.Select(node => node.Inputs[1]));
        Assert.Equal(["w1", "w4"], normalized.Graph.Initializers.Select(tensor => tensor.Name).Order());
    }
}
