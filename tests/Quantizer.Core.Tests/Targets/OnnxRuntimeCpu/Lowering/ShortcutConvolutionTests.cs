using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

public class ShortcutConvolutionTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void Slice_and_Pad_before_an_Add_become_a_strided_convolution(int size)
    {
        NormalizedModel lowered = LoweredGraph.Of(Block(size: size));

        Assert.Equal("Conv Conv Add", lowered.Operators());
        Node shortcut = lowered.Graph.Nodes.Single(node => node.Name == "Pad_padded");
        Assert.Equal([2L, 2L], shortcut.IntsAttribute("strides")!);
        Tensor weights = lowered.Constant("Pad_padded_weights");
        Assert.Equal([32, 16, 1, 1], weights.Dimensions);
        // Input channel i goes to output channel i + 8.
        float[] values = weights.Values<float>().ToArray();
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(i / 16 - 8 == i % 16 ? 1f : 0f, values[i]));
        Assert.Equal(["Slice_sliced", "Pad_padded"], lowered.UserNodes["Pad_padded"]);
    }

    [Fact]
    public void Kept_where_all_arithmetic_stays_in_float() => LoweredGraph.AssertKept(Block(size: 8), ActivationMode.None);

    [Fact]
    public void Rows_and_columns_may_be_sliced_one_after_the_other()
    {
        NormalizedModel lowered = LoweredGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32, stride: 2)
                .Slice("rows", "x", axes: [2])
                .Slice("sliced", "rows", axes: [3])
                .Pad("padded", "sliced", 8, 8)
                .Node("Add", ["main", "padded"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Conv Conv Add", lowered.Operators());
        Assert.Equal(["Slice_rows", "Slice_sliced", "Pad_padded"], lowered.UserNodes["Pad_padded"]);
    }

    [Fact]
    public void A_constant_that_has_the_new_weights_name_is_not_overwritten()
    {
        NormalizedModel lowered = LoweredGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32, stride: 2)
                .Slice("sliced", "x")
                .Pad("padded", "sliced", 8, 8)
                .Node("Add", ["main", "padded"], ["sum"])
                .Constant("Pad_padded_weights", [32, 1, 1], Layers.Weights(32, 1, "clash"))
                .Node("Mul", ["sum", "Pad_padded_weights"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Conv Conv Add Mul", lowered.Operators());
    }

    [Fact]
    public void Kept_when_it_cuts_anything_off()
    {
        LoweredGraph.AssertKept(Block(start: 1));
        LoweredGraph.AssertKept(Block(end: 7));
        LoweredGraph.AssertKept(Block(end: -1));
    }

    [Fact]
    public void Kept_when_it_slices_other_axes()
    {
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 32, 8, 8])
                .Conv("main", "x", 32, 32)
                .Slice("sliced", "x", axes: [1])
                .Pad("padded", "sliced", 8, 8)
                .Node("Add", ["main", "padded"], ["y"])
                .Output("y")
                .Build()
        );
    }

    [Fact]
    public void Kept_when_it_slices_backwards() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32)
                .Constant("starts", [1], [long.MaxValue])
                .Constant("ends", [1], [long.MinValue])
                .Constant("axes", [1], [2L])
                .Constant("steps", [1], [-1L])
                .Node("Slice", ["x", "starts", "ends", "axes", "steps"], ["sliced"])
                .Pad("padded", "sliced", 8, 8)
                .Node("Add", ["main", "padded"], ["y"])
                .Output("y")
                .Build()
        );

    [Fact]
    public void Kept_when_it_pads_anything_else()
    {
        LoweredGraph.AssertKept(Block(padValue: 1f));
        LoweredGraph.AssertKept(Block(mode: "edge"));
        LoweredGraph.AssertKept(Block(pads: [0, 8, 0, 0, 0, 8, 0, 1], outputSize: 5));
        LoweredGraph.AssertKept(Block(pads: [0, 20, 0, 0, 0, -4, 0, 0]));
    }

    [Fact]
    public void Kept_when_another_node_reads_a_value_in_between() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32, stride: 2)
                .Slice("sliced", "x")
                .Pad("padded", "sliced", 8, 8)
                .Node("Add", ["main", "padded"], ["y"])
                .Node("Tanh", ["sliced"], ["z"])
                .Output("y")
                .Output("z")
                .Build()
        );

    [Fact]
    public void Kept_when_a_value_in_between_is_an_output() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32, stride: 2)
                .Slice("sliced", "x")
                .Pad("padded", "sliced", 8, 8)
                .Node("Add", ["main", "padded"], ["y"])
                .Output("y")
                .Output("sliced")
                .Build()
        );

    [Fact]
    public void Kept_when_its_reader_is_no_Add() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32, stride: 2)
                .Slice("sliced", "x")
                .Pad("padded", "sliced", 8, 8)
                .Node("Mul", ["main", "padded"], ["y"])
                .Output("y")
                .Build()
        );

    [Fact]
    public void Kept_when_there_is_nothing_to_slice() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("main", "x", 16, 32)
                .Pad("padded", "x", 8, 8)
                .Node("Add", ["main", "padded"], ["y"])
                .Output("y")
                .Build()
        );

    private static OnnxModel Block(
        int size = 8,
        long start = 0,
        long end = long.MaxValue,
        float padValue = 0f,
        string mode = "constant",
        long[]? pads = null,
        int outputSize = 4
    )
    {
        GraphBuilder graph = new GraphBuilder().Input("x", [1, 16, size, size]);
        // Constant shapes as in the cases above: what is added need not be a convolution of matching stride.
        if (pads is null || outputSize == 4)
            graph.Conv("main", "x", 16, 32, stride: 2);
        else
            graph.Constant("main", [1, 32, 4, outputSize], Layers.Weights(32 * 4 * outputSize, 1, "main"));
        return graph
            .Slice("sliced", "x", start, end)
            .Pad("padded", "sliced", 8, 8, padValue, mode, pads)
            .Node("Add", ["main", "padded"], ["y"])
            .Output("y")
            .Build();
    }
}
