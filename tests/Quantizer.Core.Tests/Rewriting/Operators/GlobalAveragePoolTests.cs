using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class GlobalAveragePoolTests
{
    [Fact]
    public void In_the_middle_it_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 128)
                .Node("Relu", ["first"], ["relu"])
                .Node("GlobalAveragePool", ["relu"], ["mean"])
                .Node("Flatten", ["mean"], ["flat"])
                .Gemm("logits", "flat", 128, 128)
                .Output("logits")
                .Build()
        );

        Assert.Equal("QGemm QLinearConv QLinearGlobalAveragePool QuantizeLinear", WithoutReshapes(network));
        Assert.Equal("mean", network.Site("flat").Source);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_mean_over_the_picture_counts_as_one()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder(opset: 17)
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 128)
                .Node("Relu", ["first"], ["relu"])
                .Node("ReduceMean", ["relu"], ["mean"], NodeAttribute.Of("axes", [2, 3]), NodeAttribute.Of("keepdims", 0L))
                .Gemm("logits", "mean", 128, 128)
                .Output("logits")
                .Build()
        );

        Assert.Equal("QGemm QLinearConv QLinearGlobalAveragePool QuantizeLinear", WithoutReshapes(network));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void At_the_end_it_stays_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Conv("last", "first", 32, 16)
                .Node("GlobalAveragePool", ["last"], ["mean"])
                .Output("mean")
                .Build()
        );

        Assert.Equal("DequantizeLinear GlobalAveragePool QLinearConv*2 QuantizeLinear", network.Kernels);
        Assert.Equal(
            "no integer node comes behind it, so float keeps more precision at no cost",
            network.ReasonOf("GlobalAveragePool_mean")
        );
        network.AssertNoFindings();
        network.AssertClose(25);
    }

    /// <summary>How ONNX Runtime flattens is its own business.</summary>
    private static string WithoutReshapes(QuantizedNetwork network) =>
        string.Join(' ', network.Kernels.Split(' ').Where(kernel => kernel is not ("Flatten" or "Reshape" or "Squeeze")));
}
