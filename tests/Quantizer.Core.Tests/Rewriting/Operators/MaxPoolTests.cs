using Quantizer.Core.Tests.Placement;
using Quantizer.Graphs;
using Quantizer.Targets.OnnxRuntimeCpu.Edits;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class MaxPoolTests
{
    [Fact]
    public void A_pool_behind_an_integer_convolution_runs_on_integers_with_its_scale()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 16, 16])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["relu"])
                .MaxPool("pool", "relu")
                .Conv("last", "pool", 32, 16)
                .Output("last")
                .Build()
        );

        // Channels last: the plain integer MaxPool is thirty times slower than the float one.
        Assert.Equal("DequantizeLinear NhwcMaxPool QLinearConv*2 QuantizeLinear", network.Kernels);
        Assert.Equal(("pool", "pool"), (network.Site("relu").Source, network.Site("pool").Source));
        Assert.DoesNotContain("relu", network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Values_in_front_of_a_pool_that_something_else_reads_keep_their_own_range()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 16, 16])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["relu"])
                .MaxPool("pool", "relu")
                .Conv("left", "pool", 32, 16)
                .Conv("right", "relu", 32, 16)
                .Output("left")
                .Output("right")
                .Build()
        );

        Assert.Equal(("relu", "relu"), (network.Site("relu").Source, network.Site("pool").Source));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Pools_behind_one_another_take_the_range_of_the_last_and_the_clamp_in_front_still_disappears()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 16, 16])
                .Conv("first", "x", 16, 32)
                .Clip("clip", "first", 0f, 6f)
                .MaxPool("pool", "clip")
                .MaxPool("again", "pool")
                .Conv("last", "again", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.All(new[] { "clip", "pool", "again" }, tensor => Assert.Equal("again", network.Site(tensor).Source));
        Assert.DoesNotContain("Clip", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Behind_a_float_stem_pool_and_Relu_change_places_so_that_the_pool_stays_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(FloatStem(graph => graph.Node("Relu", ["stem"], ["act"])));

        PoolSwap swap = Assert.Single(network.Sites.PoolSwaps());
        Assert.Equal("MaxPool_pool", swap.Pool);
        AssertFloatPool(network);
    }

    [Fact]
    public void Behind_a_float_stem_a_pool_stays_in_float_whatever_the_activation()
    {
        AssertFloatPool(
            QuantizedNetwork.Of(FloatStem(graph => graph.Node("LeakyRelu", ["stem"], ["act"], NodeAttribute.Of("alpha", 0.1f))))
        );
        AssertFloatPool(QuantizedNetwork.Of(FloatStem(graph => graph.Clip("act", "stem", 0f, 6f))));
        AssertFloatPool(
            QuantizedNetwork.Of(FloatStem(graph => graph.Node("Sigmoid", ["stem"], ["gate"]).Node("Mul", ["stem", "gate"], ["act"])))
        );
        AssertFloatPool(
            QuantizedNetwork.Of(
                new GraphBuilder()
                    .Input("x", [1, 3, 32, 32])
                    .Conv("stem", "x", 3, 16)
                    .MaxPool("pool", "stem")
                    .Conv("last", "pool", 16, 32)
                    .Conv("end", "last", 32, 16)
                    .Output("end")
                    .Build()
            )
        );
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("Tanh")]
    public void A_float_pool_whose_values_are_moved_before_they_are_quantized_stays_in_float(string activation)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 1, 16, 16])
                .Conv("stem", "x", 1, 16)
                .Node(activation, ["stem"], ["act"])
                .MaxPool("pool", "act")
                .Constant("shape", [2], [1L, 1024])
                .Node("Reshape", ["pool", "shape"], ["row"])
                .Gemm("y", "row", 1024, 32)
                .Output("y")
                .Build()
        );

        Assert.True(network.RunsInFloat("MaxPool"), $"MaxPool reads integers in: {network.Kernels}");
        Assert.Equal("QGemm", network.KernelOf("Gemm_y"));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void Pools_are_not_moved_before_an_activation_that_another_node_reads()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 3, 32, 32])
                .Conv("stem", "x", 3, 16)
                .Node("Relu", ["stem"], ["act"])
                .MaxPool("pool", "act")
                .Conv("left", "pool", 16, 16)
                .Conv("right", "act", 16, 16)
                .Output("left")
                .Output("right")
                .Build()
        );

        Assert.Empty(network.Sites.PoolSwaps());
        network.AssertClose(30);
    }

    [Fact]
    public void A_pool_that_gives_indices_stays_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 16, 16])
                .Conv("first", "x", 16, 16)
                .Node("MaxPool", ["first"], ["pool", "indices"], NodeAttribute.Of("kernel_shape", [2, 2]))
                .Node("Cast", ["indices"], ["places"], NodeAttribute.Of("to", (long)ElementType.Float))
                .Conv("last", "pool", 16, 16)
                .Output("last")
                .Output("places")
                .Build()
        );

        Assert.Equal("its Indices output has no integer kernel", network.ReasonOf("MaxPool_pool"));
        Assert.Equal(("QLinearConv", "QLinearConv"), (network.KernelOf("Conv_first"), network.KernelOf("Conv_last")));
        network.AssertNoFindings();
    }

    private static OnnxModel FloatStem(Func<GraphBuilder, GraphBuilder> activation) =>
        activation(new GraphBuilder().Input("x", [1, 3, 32, 32]).Conv("stem", "x", 3, 16))
            .MaxPool("pool", "act")
            .Conv("last", "pool", 16, 32)
            .Conv("end", "last", 32, 16)
            .Output("end")
            .Build();

    /// <summary>The pool's own kernel in the optimized graph reads floats, as does the stem's.</summary>
    private static void AssertFloatPool(QuantizedNetwork network)
    {
        Assert.Equal([false, true, true], new[] { "Conv_stem", "Conv_last", "Conv_end" }.Select(network.RunsOnIntegers));
        Assert.Equal("MaxPool", network.KernelOf("MaxPool_pool"));
        Assert.True(network.RunsInFloat("MaxPool"), $"MaxPool reads integers in: {network.Kernels}");
        network.AssertNoFindings();
        network.AssertClose(30);
    }
}
