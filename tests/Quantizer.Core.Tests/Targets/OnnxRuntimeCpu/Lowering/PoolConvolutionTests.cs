using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

public class PoolConvolutionTests
{
    /// <summary>1 / 9 is no float, and sums of products are rounded in another order than averages.</summary>
    private const double Rounding = 1e-6;

    [Fact]
    public void An_average_pool_between_convolutions_becomes_a_depthwise_convolution()
    {
        NormalizedModel lowered = LoweredGraph.Of(Between(kernel: 2, strides: 2, pad: 0, countsPadding: false), Rounding);

        Assert.Equal("Conv Conv Conv", lowered.Operators());
        Node pool = lowered.Graph.Nodes[1];
        Assert.Equal(("AveragePool_pool", 16L), (pool.Name, pool.IntAttribute("group", 1)));
        Assert.All(lowered.Constant("AveragePool_pool_weights").Values<float>().ToArray(), weight => Assert.Equal(0.25f, weight));
    }

    [Fact]
    public void So_does_one_that_counts_its_padding() =>
        Assert.Equal("Conv Conv Conv", LoweredGraph.Of(Between(kernel: 3, strides: 1, pad: 1, countsPadding: true), Rounding).Operators());

    [Fact]
    public void Kept_where_all_arithmetic_stays_in_float() =>
        LoweredGraph.AssertKept(Between(kernel: 2, strides: 2, pad: 0, countsPadding: false), ActivationMode.None);

    [Fact]
    public void Kept_when_it_does_not_count_its_padding() =>
        LoweredGraph.AssertKept(Between(kernel: 3, strides: 1, pad: 1, countsPadding: false));

    [Fact]
    public void Kept_when_its_channels_do_not_fit_the_depthwise_kernel() => LoweredGraph.AssertKept(Between(channels: 20));

    [Fact]
    public void Kept_when_it_rounds_its_size_up() => LoweredGraph.AssertKept(Between(extra: NodeAttribute.Of("ceil_mode", 1L)));

    [Fact]
    public void Kept_when_it_is_dilated() => LoweredGraph.AssertKept(Between(opset: 19, extra: NodeAttribute.Of("dilations", [2, 2])));

    [Fact]
    public void Kept_when_no_convolution_lies_before_or_behind_it()
    {
        NodeAttribute kernel = NodeAttribute.Of("kernel_shape", [2, 2]);
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Node("AveragePool", ["x"], ["pool"], kernel)
                .Conv("last", "pool", 16, 16)
                .Output("last")
                .Build()
        );
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 16)
                .Node("AveragePool", ["first"], ["pool"], kernel)
                .Output("pool")
                .Build()
        );
    }

    [Fact]
    public void Kept_when_it_pools_over_one_axis() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8])
                .Constant("w", [16, 16, 1], Layers.Weights(256, 16, "w"))
                .Node("Conv", ["x", "w"], ["first"])
                .Node("AveragePool", ["first"], ["pool"], NodeAttribute.Of("kernel_shape", [2]))
                .Node("Conv", ["pool", "w"], ["last"])
                .Output("last")
                .Build()
        );

    private static OnnxModel Between(
        int kernel = 2,
        int strides = 1,
        int pad = 0,
        bool countsPadding = false,
        int channels = 16,
        int opset = 17,
        NodeAttribute? extra = null
    )
    {
        Node pool = new("AveragePool", ["first"], ["pool"], "AveragePool_pool")
        {
            Attributes =
            [
                NodeAttribute.Of("kernel_shape", [kernel, kernel]),
                NodeAttribute.Of("strides", [strides, strides]),
                NodeAttribute.Of("pads", [pad, pad, pad, pad]),
                NodeAttribute.Of("count_include_pad", countsPadding ? 1L : 0L),
            ],
        };
        if (extra is not null)
            pool.Set(extra);
        return new GraphBuilder(opset)
            .Input("x", [1, 16, 9, 9])
            .Conv("first", "x", 16, channels)
            .Node(pool)
            .Conv("last", "pool", channels, 16)
            .Output("last")
            .Build();
    }
}
