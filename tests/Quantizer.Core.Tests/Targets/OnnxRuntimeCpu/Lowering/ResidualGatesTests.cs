using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

public class ResidualGatesTests
{
    private const double Rounding = 1e-6;

    [Fact]
    public void A_gated_residual_is_one_product() =>
        Assert.Equal(
            "Conv GlobalAveragePool Conv HardSigmoid Add Mul Conv",
            LoweredGraph.Of(Block(["trunk", "product"]), Rounding).Operators()
        );

    [Fact]
    public void So_it_is_with_the_operands_exchanged() =>
        Assert.Equal(
            "Conv GlobalAveragePool Conv HardSigmoid Add Mul Conv",
            LoweredGraph.Of(Block(["product", "trunk"]), Rounding).Operators()
        );

    [Fact]
    public void It_runs_as_one_integer_product_with_its_gate_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Block(["trunk", "product"]), lowered: true);

        Assert.DoesNotContain("QLinearAdd", network.Kernels);
        Assert.Equal(("QLinearMul", "QLinearGlobalAveragePool"), (network.KernelOf("Add_sum"), network.KernelOf("GlobalAveragePool_mean")));
        Assert.Equal(
            "part of a gate of one value per channel, which takes no time in float and would blur a whole channel in 8 bits",
            network.ReasonOf("Conv_excite")
        );
        Assert.False(network.RunsOnIntegers("Conv_excite"));
        network.AssertNoFindings();
        network.AssertClose(34);
    }

    [Fact]
    public void Kept_when_the_gate_has_a_value_per_position()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("trunk", "x", 16, 32)
            .Conv("gate", "trunk", 32, 32)
            .Node("Mul", ["trunk", "gate"], ["product"])
            .Node("Add", ["trunk", "product"], ["sum"])
            .Output("sum")
            .Build();

        LoweredGraph.AssertKept(model);
    }

    private static OnnxModel Block(string[] summands) =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("trunk", "x", 16, 32)
            .Node("GlobalAveragePool", ["trunk"], ["mean"])
            .Conv("excite", "mean", 32, 32, kernel: 1)
            .Node("HardSigmoid", ["excite"], ["gate"])
            .Node("Mul", ["trunk", "gate"], ["product"])
            .Node("Add", summands, ["sum"])
            .Conv("last", "sum", 32, 16)
            .Output("last")
            .Build();
}
