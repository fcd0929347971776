using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

public class ScalarArithmeticTests
{
    /// <summary>Weights are multiplied before sums are formed, not behind.</summary>
    private const double Rounding = 1e-5;

    [Fact]
    public void In_front_of_a_convolution_without_padding_factor_and_term_go_into_weights_and_bias()
    {
        NormalizedModel lowered = LoweredGraph.Of(Block(kernel: 1), Rounding);

        Assert.Equal("Conv HardSwish Conv", lowered.Operators());
    }

    [Fact]
    public void In_front_of_one_that_pads_the_term_stays()
    {
        NormalizedModel lowered = LoweredGraph.Of(Block(kernel: 3), Rounding);

        Assert.Equal("Conv HardSwish Add Conv", lowered.Operators());
        Assert.Equal(-0.25f / 0.5f, lowered.Constant(lowered.Graph.Nodes[2].Inputs[1]).Values<float>()[0]);
    }

    [Fact]
    public void Nothing_of_it_is_left_at_run_time()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Block(kernel: 1, width: 256), lowered: true);

        Assert.Equal("DequantizeLinear*2 HardSigmoid Mul QLinearConv*2 QuantizeLinear*2", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Kept_when_the_result_is_read_by_anything_else()
    {
        OnnxModel model = Block(kernel: 1);
        model.Graph.Outputs.Add(new ValueInfo("shifted", ElementType.Float, null));

        LoweredGraph.AssertKept(model);
    }

    [Fact]
    public void Kept_when_a_number_per_channel_is_multiplied() => LoweredGraph.AssertKept(Block(kernel: 1, factors: 32));

    private static OnnxModel Block(int kernel, int width = 32, int factors = 1) =>
        new GraphBuilder(14)
            .Input("x", [1, 16, 8, 8])
            .Constant("factor", factors == 1 ? [1] : [factors, 1, 1], [.. Enumerable.Repeat(0.5f, factors)])
            .Constant("term", [1], [-0.25f])
            .Conv("first", "x", 16, width)
            .Node("HardSwish", ["first"], ["act"])
            .Node("Mul", ["factor", "act"], ["scaled"])
            .Node("Add", ["scaled", "term"], ["shifted"])
            .Conv("last", "shifted", width, width, kernel)
            .Output("last")
            .Build();
}
