using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class ResizeTests
{
    [Fact]
    public void To_the_nearest_neighbour_it_moves_bytes()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Between("nearest"));

        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear Resize", network.Kernels);
        Assert.True(network.RunsOnBytes("Resize"));
        Assert.Equal("first", network.Site("resized").Source);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Interpolation_is_computed_in_float_between_integer_convolutions()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Between("linear"));

        Assert.Equal("DequantizeLinear*2 QLinearConv*2 QuantizeLinear*2 Resize", network.Kernels);
        Assert.True(network.RunsInFloat("Resize"));
        Assert.Equal("Resize in mode 'linear' has no integer kernel; only 'nearest' has", network.ReasonOf("Resize_resized"));
        Assert.Equal(["x", "first", "resized", "last"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    private static OnnxModel Between(string mode) =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("first", "x", 16, 32)
            .Constant("scales", [4], [1f, 1f, 2f, 2f])
            .Node(
                "Resize",
                ["first", "", "scales"],
                ["resized"],
                NodeAttribute.Of("mode", mode),
                NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"),
                NodeAttribute.Of("nearest_mode", "floor")
            )
            .Conv("last", "resized", 32, 16)
            .Output("last")
            .Build();
}
