using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class SqueezeExciteTests
{
    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("HardSigmoid")]
    public void The_gate_is_computed_in_float_and_interrupts_only_itself(string squash)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Block(graph => graph.Node(squash, ["excite"], ["gate"])));

        // Float convolutions take up the activations behind them.
        Assert.Equal("Conv*2 DequantizeLinear*2 QLinearConv*2 QLinearGlobalAveragePool QLinearMul QuantizeLinear*2", network.Kernels);
        Assert.StartsWith("part of a gate", network.ReasonOf("Conv_reduce"));
        network.AssertNoFindings();
        network.AssertClose(30);
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
