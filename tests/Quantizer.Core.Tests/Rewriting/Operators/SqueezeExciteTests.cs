using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class SqueezeExciteTests
{
    [Fact]
    public void A_block_runs_on_integers_from_end_to_end()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Block(graph => graph.Node("Sigmoid", ["excite"], ["gate"])));

        Assert.Equal("DequantizeLinear QLinearConv*4 QLinearGlobalAveragePool QLinearMul QLinearSigmoid QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(28);
    }

    [Fact]
    public void A_gate_computed_in_float_interrupts_only_itself()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Block(graph => graph.Node("HardSigmoid", ["excite"], ["gate"])));

        Assert.Equal("DequantizeLinear*2 HardSigmoid QLinearConv*4 QLinearGlobalAveragePool QLinearMul QuantizeLinear*2", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(28);
    }

    private static OnnxModel Block(Func<GraphBuilder, GraphBuilder> gate) =>
        gate(
                new GraphBuilder()
                    .Input("x", [1, 16, 8, 8])
                    .Conv("trunk", "x", 16, 32)
                    .Node("Relu", ["trunk"], ["relu"])
                    .Node("GlobalAveragePool", ["relu"], ["squeezed"])
                    .Conv("reduce", "squeezed", 32, 16, kernel: 1)
                    .Node("Relu", ["reduce"], ["reduced"])
                    .Conv("excite", "reduced", 16, 32, kernel: 1)
            )
            .Node("Mul", ["relu", "gate"], ["scaled"])
            .Conv("last", "scaled", 32, 16)
            .Output("last")
            .Build();
}
