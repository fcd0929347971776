using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization;

public sealed class ShapeArithmeticTests
{
    private static readonly NodeAttribute Axis0 = NodeAttribute.Of("axis", 0L);

    [Fact]
    public void Sizes_known_beforehand_become_constants()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", [2, 3, 4])
                .Constant("one", [], [1L])
                .Constant("zero", [1], [0L])
                .Constant("rest", [1], [-1L])
                .Node("Relu", ["x"], ["r"])
                .Node("Shape", ["r"], ["shape"])
                .Node("Gather", ["shape", "one"], ["size"], Axis0)
                .Node("Unsqueeze", ["size", "zero"], ["list"])
                .Node("Concat", ["list", "rest"], ["target"], Axis0)
                .Node("Reshape", ["r", "target"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Relu Reshape", normalized.Operators());
        Assert.Equal([3L, -1L], normalized.Constant("target").Values<long>().ToArray());
    }

    [Fact]
    public void The_target_of_a_Reshape_that_only_keeps_an_open_batch_becomes_a_constant()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", ["batch", 3, 4])
                .Constant("first", [], [0L])
                .Constant("zero", [1], [0L])
                .Constant("twelve", [1], [12L])
                .Node("Relu", ["x"], ["r"])
                .Node("Shape", ["r"], ["shape"])
                .Node("Gather", ["shape", "first"], ["size"], Axis0)
                .Node("Unsqueeze", ["size", "zero"], ["list"])
                .Node("Concat", ["list", "twelve"], ["target"], Axis0)
                .Node("Reshape", ["r", "target"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Relu Reshape", normalized.Operators());
        Assert.Equal([0L, 12L], normalized.Constant(normalized.Graph.Nodes[1].Inputs[1]).Values<long>().ToArray());
        Assert.Equal("batch", normalized.Tensors["y"].Shape![0].Symbol);
        Assert.Equal(1, normalized.SampleTensors["y"].Shape![0].Size);
    }

    [Fact]
    public void An_open_size_that_moves_to_another_axis_becomes_the_rest()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", ["batch", 3, 4])
                .Constant("first", [1], [0L])
                .Constant("lead", [1], [6L])
                .Constant("tail", [1], [2L])
                .Node("Relu", ["x"], ["r"])
                .Node("Shape", ["r"], ["shape"])
                .Node("Gather", ["shape", "first"], ["list"], Axis0)
                .Node("Concat", ["lead", "list", "tail"], ["target"], Axis0)
                .Node("Reshape", ["r", "target"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal([6L, -1L, 2L], normalized.Constant(normalized.Graph.Nodes[1].Inputs[1]).Values<long>().ToArray());
    }

    [Fact]
    public void A_target_with_two_open_sizes_that_move_is_kept()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", ["a", "b"])
                .Constant("order", [2], [1L, 0L])
                .Node("Shape", ["x"], ["shape"])
                .Node("Gather", ["shape", "order"], ["target"], Axis0)
                .Node("Reshape", ["x", "target"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Shape Gather Reshape", normalized.Operators());
    }

    [Fact]
    public void A_slice_of_a_shape_is_followed()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder(opset: 13)
                .Input("x", ["batch", 3, 4])
                .Constant("start", [1], [-2L])
                .Constant("end", [1], [long.MaxValue])
                .Node("Shape", ["x"], ["shape"])
                .Node("Slice", ["shape", "start", "end"], ["target"])
                .Constant("zeros", [1, 1], [0f])
                .Node("Expand", ["zeros", "target"], ["table"])
                .Node("Add", ["x", "table"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Add", normalized.Operators());
        Assert.Equal([3L, 4L], normalized.Constant("table").Dimensions);
    }
}
