using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Pictures;
using Quantizer.Tests.Preprocessing.Pictures;

namespace Quantizer.Tests.Preprocessing;

public sealed class PictureTransformTests
{
    private static readonly PictureGeometry TwoByOne = new(2, 1, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: false);
    private static readonly Pixels TwoPixels = new(2, 1, 3, [10, 20, 30, 40, 50, 60]);

    [Fact]
    public void Planes_of_R_G_B_or_B_G_R()
    {
        PicturePreparation raw = Preset("raw", ChannelOrder.Rgb, TensorLayout.Nchw);

        Assert.Equal([10f, 40, 20, 50, 30, 60], Apply(raw).Floats.ToArray());
        Assert.Equal([30f, 60, 20, 50, 10, 40], Apply(raw with { Channels = ChannelOrder.Bgr }).Floats.ToArray());
        Assert.Equal([1L, 3, 1, 2], Apply(raw).Shape);
    }

    [Fact]
    public void Channels_last_in_either_order()
    {
        PicturePreparation raw = Preset("raw", ChannelOrder.Rgb, TensorLayout.Nhwc);

        Assert.Equal([10f, 20, 30, 40, 50, 60], Apply(raw).Floats.ToArray());
        Assert.Equal([30f, 20, 10, 60, 50, 40], Apply(raw with { Channels = ChannelOrder.Bgr }).Floats.ToArray());
        Assert.Equal([1L, 1, 2, 3], Apply(raw).Shape);
    }

    [Fact]
    public void Caffe_subtracts_each_colours_mean_in_the_models_order()
    {
        // B - 104, G - 117, R - 123.
        Assert.Equal([30f - 104, 60 - 104, 20 - 117, 50 - 117, 10 - 123, 40 - 123], Apply(Preset("caffe", ChannelOrder.Bgr, TensorLayout.Nchw)).Floats.ToArray());
    }

