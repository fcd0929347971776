using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Ranges of each run where there are kernels for that, fixed ones elsewhere.</summary>
public class MixedTests
{
    private static readonly PlacementOptions Mixed = PlacementOptions.Default with { Activations = ActivationMode.Mixed };

    [Fact]
    public void Linear_layers_take_their_ranges_in_each_run_and_convolutions_from_calibration()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 16])
                .Conv("a", "x", 16, 32)
                .Node("Relu", ["a"], ["r"])
                .Conv("b", "r", 32, 32)
                .Constant("shape", [3], [1L, 32L, 128L])
                .Node("Reshape", ["b", "shape"], ["flat"])
                .MatMul("y", "flat", 128, 256)
                .Output("y")
                .Build(),
            Mixed
        );

        Assert.Equal(NodeForm.Static, FormOf("Conv_a"));
        Assert.Equal(NodeForm.Static, FormOf("Conv_b"));
        Assert.Equal(NodeForm.Dynamic, FormOf("MatMul_y"));
        Assert.Contains("QLinearConv", network.Kernels);
        Assert.Contains("DynamicQuantizeMatMul", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);

        NodeForm FormOf(string node) => network.Sites.Nodes.Single(placed => placed.Node == node).Form;
    }

    [Fact]
    public void Convolutions_along_one_axis_keep_their_ranges_so_that_integers_pass_through_them()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 128, 40])
                .Constant("w", [128, 128, 3], Layers.Weights(128 * 128 * 3, 128 * 3, "w"))
                .Node("Conv", ["x", "w"], ["y"])
                .Output("y")
                .Build(),
            Mixed
        );

        Assert.Equal(NodeForm.Static, Assert.Single(network.Sites.Nodes).Form);
    }

    [Fact]
    public void What_has_no_integer_kernel_of_either_kind_is_told_as_with_the_default()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 8, 128])
            .MatMul("m", "x", 128, 128)
            .Node("Erf", ["m"], ["y"])
            .Output("y")
            .Build();

        QuantizedNetwork mixed = QuantizedNetwork.Of(model, Mixed),
            automatic = QuantizedNetwork.Of(model);

        Assert.Equal(ReasonOf(automatic), ReasonOf(mixed));

        static string ReasonOf(QuantizedNetwork network) => network.Sites.Nodes.Single(placed => placed.Node == "Erf_y").Reason;
    }
}
