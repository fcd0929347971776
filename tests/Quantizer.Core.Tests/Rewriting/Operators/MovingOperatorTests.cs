using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

/// <summary>Operators that only move values keep their input's scale, and no value becomes float on the way.</summary>
public class MovingOperatorTests
{
    [Fact]
    public void Split_shares_the_scale_of_its_input_on_every_output()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Split", ["first"], ["left", "right"], NodeAttribute.Of("axis", 1L))
                .Conv("a", "left", 16, 16)
                .Conv("b", "right", 16, 16)
                .Output("a")
                .Output("b")
                .Build()
        );

        Assert.Equal("DequantizeLinear*2 QLinearConv*3 QuantizeLinear Split", network.Kernels);
        Assert.True(network.RunsOnBytes("Split"));
        Assert.Equal(("first", "first"), (network.Site("left").Source, network.Site("right").Source));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Channel_shuffles_move_bytes()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Constant("grouped", [5], [1L, 2, 16, 8, 8])
                .Constant("whole", [4], [1L, 32, 8, 8])
                .Node("Reshape", ["first", "grouped"], ["groups"])
                .Node("Transpose", ["groups"], ["mixed"], NodeAttribute.Of("perm", [0, 2, 1, 3, 4]))
                .Node("Reshape", ["mixed", "whole"], ["shuffled"])
                .Conv("last", "shuffled", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal(["first"], new[] { "groups", "mixed", "shuffled" }.Select(tensor => network.Site(tensor).Source).Distinct());
        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear Reshape*2", network.Kernels);
        Assert.True(network.RunsOnBytes("Reshape"));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Theory]
    [InlineData("Gather")]
    [InlineData("Slice")]
    [InlineData("Tile")]
    [InlineData("DepthToSpace")]
    public void Other_moves_take_bytes_and_give_bytes(string operatorType)
    {
        GraphBuilder graph = new GraphBuilder().Input("x", [1, 16, 8, 8]).Conv("first", "x", 16, 64);
        int channels = operatorType switch
        {
            "DepthToSpace" => 16,
            "Tile" => 128,
            _ => 32,
        };
        long[] first = [.. Enumerable.Range(0, 32)];
        _ = operatorType switch
        {
            "Gather" => graph
                .Constant("indices", [32], first)
                .Node("Gather", ["first", "indices"], ["moved"], NodeAttribute.Of("axis", 1L)),
            "Slice" => graph
                .Constant("starts", [1], [8L])
                .Constant("ends", [1], [40L])
                .Constant("axes", [1], [1L])
                .Node("Slice", ["first", "starts", "ends", "axes"], ["moved"]),
            "Tile" => graph.Constant("repeats", [4], [1L, 2, 1, 1]).Node("Tile", ["first", "repeats"], ["moved"]),
            _ => graph.Node("DepthToSpace", ["first"], ["moved"], NodeAttribute.Of("blocksize", 2L)),
        };
        QuantizedNetwork network = QuantizedNetwork.Of(graph.Conv("last", "moved", channels, 16).Output("last").Build());

        Assert.Equal("first", network.Site("moved").Source);
        Assert.Equal(
            ["DequantizeLinear", "QLinearConv*2", "QuantizeLinear", operatorType],
            network.Kernels.Split(' ').Order(StringComparer.Ordinal).OrderBy(kernel => kernel == operatorType)
        );
        Assert.True(network.RunsOnBytes(operatorType));
        network.AssertNoFindings();
        network.AssertClose(32);
    }
}
