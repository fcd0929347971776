using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>A convolution along one axis is a product of what its kernel covers.</summary>
public class DynamicConvolutionTests
{
    private static readonly PlacementOptions Dynamic = PlacementOptions.Default with { Activations = ActivationMode.Dynamic };

    public static TheoryData<long, long, long, long, long> Geometries =>
        new()
        {
            // Taps, pad in front, pad behind, stride, dilation.
            { 1, 0, 0, 1, 1 },
            { 1, 0, 0, 3, 1 },
            { 3, 1, 1, 1, 1 },
            { 3, 2, 0, 1, 1 },
            { 3, 1, 1, 2, 1 },
            { 5, 0, 0, 1, 1 },
            { 2, 7, 0, 1, 7 },
            { 4, 3, 2, 3, 2 },
            { 16, 8, 8, 5, 1 },
        };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void It_meets_what_the_convolution_meets(long taps, long front, long behind, long stride, long dilation)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Network([1, 128, 40], [128, 128, taps], [front, behind], [stride], [dilation], hasBias: true),
            Dynamic
        );

        Assert.Equal(NodeForm.Dynamic, Assert.Single(network.Sites.Nodes).Form);
        Assert.Empty(network.Sites.Observed);
        Assert.True(network.RunsOnIntegers("Conv_y"));
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_one_kernel_with_its_bias_inside(bool hasBias)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Network([1, 128, 40], [128, 128, 3], [1, 1], [1], [1], hasBias), Dynamic);

        Assert.Contains("MatMulIntegerToFloat", network.Kernels);
        Assert.DoesNotContain("Add", network.Kernels);
        Assert.DoesNotContain("Cast", network.Kernels);
        Assert.Equal([3 * 128, 128], network.Constant("w_quantized").Dimensions);
        network.AssertClose(35);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void One_of_two_axes_may_have_a_single_place(int along)
    {
        long[] size = [1, 128, 1, 1],
            kernel = [128, 128, 1, 1];
        size[along] = 40;
        kernel[along] = 3;
        long[] pads = along == 2 ? [1, 0, 1, 0] : [0, 1, 0, 1];

        QuantizedNetwork network = QuantizedNetwork.Of(Network(size, kernel, pads, [1, 1], [1, 1], hasBias: true), Dynamic);

        Assert.True(network.RunsOnIntegers("Conv_y"));
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    public static TheoryData<long[], long[], long> Others =>
        new()
        {
            // Over a picture.
            { [1, 128, 8, 8], [128, 128, 3, 3], 1 },
            { [1, 128, 8, 8], [128, 128, 1, 3], 1 },
            // Depthwise.
            { [1, 128, 40], [128, 1, 3], 128 },
            // More places than are worth it.
            { [1, 128, 40], [128, 128, 17], 1 },
            // Too small.
            { [1, 16, 40], [16, 16, 3], 1 },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public void Others_compute_in_float(long[] size, long[] kernel, long group)
    {
        long[] ones = [.. kernel.Skip(2).Select(_ => 1L)];
        OnnxModel model = Network(size, kernel, [.. ones.Concat(ones).Select(_ => 0L)], ones, ones, hasBias: true, group);

        Assert.NotEqual(NodeForm.Dynamic, Assert.Single(QuantizedNetwork.Of(model, Dynamic).Sites.Nodes).Form);
    }

    [Fact]
    public void Where_nobody_asks_ranges_are_fixed()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Network([1, 128, 40], [128, 128, 3], [1, 1], [1], [1], hasBias: true));

        Assert.Equal(NodeForm.Static, Assert.Single(network.Sites.Nodes).Form);
    }

    private static OnnxModel Network(
        long[] size,
        long[] kernel,
        long[] pads,
        long[] strides,
        long[] dilations,
        bool hasBias,
        long group = 1
    )
    {
        long covered = kernel.Skip(1).Aggregate(1L, (all, axis) => all * axis);
        GraphBuilder builder = new GraphBuilder()
            .Input("x", [.. size.Select(axis => new Dimension(axis))])
            .Constant("w", kernel, Layers.Weights((int)(kernel[0] * covered), (int)covered, "w"));
        if (hasBias)
            builder.Constant("b", [kernel[0]], Layers.Weights((int)kernel[0], 1, "b"));
        return builder
            .Node(
                "Conv",
                hasBias ? ["x", "w", "b"] : ["x", "w"],
                ["y"],
                NodeAttribute.Of("kernel_shape", kernel.Skip(2)),
                NodeAttribute.Of("pads", pads),
                NodeAttribute.Of("strides", strides),
                NodeAttribute.Of("dilations", dilations),
                NodeAttribute.Of("group", group)
            )
            .Output("y")
            .Build();
    }
}
