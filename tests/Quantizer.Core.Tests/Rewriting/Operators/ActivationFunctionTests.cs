using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class ActivationFunctionTests
{
    [Fact]
    public void LeakyRelu_between_convolutions_runs_on_integers()
    {
        QuantizedNetwork network = Between(graph => graph.Node("LeakyRelu", ["first"], ["act"], NodeAttribute.Of("alpha", 0.1f)));

        Assert.Equal("DequantizeLinear QLinearConv*2 QLinearLeakyRelu QuantizeLinear", network.Kernels);
        Assert.Equal(["x", "first", "act", "last"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void SiLU_between_convolutions_runs_on_integers()
    {
        QuantizedNetwork network = Between(graph => graph.Node("Sigmoid", ["first"], ["gate"]).Node("Mul", ["first", "gate"], ["act"]));

        Assert.Equal("DequantizeLinear QLinearConv*2 QLinearMul QLinearSigmoid QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void HardSwish_is_computed_in_float_between_integer_convolutions()
    {
        QuantizedNetwork network = Between(graph => graph.Node("HardSwish", ["first"], ["act"]));

        Assert.Equal(("QLinearConv", "QLinearConv"), (network.KernelOf("Conv_first"), network.KernelOf("Conv_last")));
        Assert.Equal("HardSwish has no integer kernel on this target", network.ReasonOf("HardSwish_act"));
        // Quantized in front of it as well, or the first convolution would run in float.
        Assert.Equal(["x", "first", "act", "last"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void HardSwish_written_with_HardSigmoid_keeps_both_convolutions_on_integers()
    {
        QuantizedNetwork network = Between(graph =>
            graph.Node("HardSigmoid", ["first"], ["gate"], NodeAttribute.Of("alpha", 1f / 6f)).Node("Mul", ["first", "gate"], ["act"])
        );

        Assert.Equal(("QLinearConv", "QLinearConv"), (network.KernelOf("Conv_first"), network.KernelOf("Conv_last")));
        Assert.False(network.IsInteger("HardSigmoid_gate"));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void Tanh_is_computed_in_float_between_integer_convolutions()
    {
        QuantizedNetwork network = Between(graph => graph.Node("Tanh", ["first"], ["act"]));

        Assert.Equal("DequantizeLinear*2 QLinearConv*2 QuantizeLinear*2 Tanh", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    private static QuantizedNetwork Between(Func<GraphBuilder, GraphBuilder> activation) =>
        QuantizedNetwork.Of(
            activation(new GraphBuilder().Input("x", [1, 16, 8, 8]).Conv("first", "x", 16, 32))
                .Conv("last", "act", 32, 16)
                .Output("last")
                .Build()
        );
}
