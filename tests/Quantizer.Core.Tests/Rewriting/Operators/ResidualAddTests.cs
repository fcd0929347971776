using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class ResidualAddTests
{
    [Fact]
    public void A_residual_Add_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Block(graph => graph.Node("Add", ["branch", "trunk_relu"], ["sum"])));

        Assert.Equal("DequantizeLinear QLinearAdd QLinearConv*3 QuantizeLinear", network.Kernels);
        Assert.Equal(["x", "trunk_relu", "branch", "sum", "last"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_Relu_behind_a_residual_Add_disappears_into_it()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Block(graph => graph.Node("Add", ["trunk_relu", "branch"], ["added"]).Node("Relu", ["added"], ["sum"]))
        );

        Assert.Equal("DequantizeLinear QLinearAdd QLinearConv*3 QuantizeLinear", network.Kernels);
        Assert.DoesNotContain("added", network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void An_excluded_Add_stays_in_float_and_so_do_no_convolutions()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Block(graph => graph.Node("Add", ["branch", "trunk_relu"], ["sum"])),
            PlacementOptions.Default with
            {
                ExcludeOpTypes = ["add"],
            }
        );

        Assert.Equal("Add", network.KernelOf("Add_sum"));
        Assert.Contains("QLinearConv*3", network.Kernels);
        Assert.DoesNotContain("QLinearAdd", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    private static OnnxModel Block(Func<GraphBuilder, GraphBuilder> add) =>
        add(
                new GraphBuilder()
                    .Input("x", [1, 16, 8, 8])
                    .Conv("trunk", "x", 16, 32)
                    .Node("Relu", ["trunk"], ["trunk_relu"])
                    .Conv("branch", "trunk_relu", 32, 32)
            )
            .Conv("last", "sum", 32, 16)
            .Output("last")
            .Build();
}
