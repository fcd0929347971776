using Quantizer.Core.Tests.Pictures;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Core.Tests.Preprocessing;

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
        Assert.Equal(
            [30f - 104, 60 - 104, 20 - 117, 50 - 117, 10 - 123, 40 - 123],
            Apply(Preset("caffe", ChannelOrder.Bgr, TensorLayout.Nchw)).Floats.ToArray()
        );
    }

    [Fact]
    public void Values_are_rounded_as_torchvision_rounds_them()
    {
        PicturePreparation imagenet = Preset("imagenet", ChannelOrder.Rgb, TensorLayout.Nchw);

        for (int value = 0; value < 256; value++)
        {
            // ToTensor divides by 255, Normalize subtracts and divides, each rounded to float.
            float scaled = value / 255f;
            float centred = scaled - 0.485f;
            Assert.Equal(centred / 0.229f, imagenet.ValueOf((byte)value, 0));
        }
        // (0 - 0.485) / 0.229 and (1 - 0.406) / 0.225.
        Assert.Equal(-2.117904f, imagenet.ValueOf(0, 0), 6);
        Assert.Equal(2.640000f, imagenet.ValueOf(255, 2), 6);
    }

    [Theory]
    [InlineData(ChannelOrder.Rgb, TensorLayout.Nchw)]
    [InlineData(ChannelOrder.Bgr, TensorLayout.Nchw)]
    [InlineData(ChannelOrder.Rgb, TensorLayout.Nhwc)]
    [InlineData(ChannelOrder.Bgr, TensorLayout.Nhwc)]
    public void The_tables_give_what_the_formula_gives(ChannelOrder channels, TensorLayout layout)
    {
        Pixels pixels = DrawnPicture.Of(7, 5, 3);
        PicturePreparation preparation = Preset("imagenet", channels, layout) with { Geometry = TwoByOne with { Width = 7, Height = 5 } };

        ReadOnlySpan<float> values = new PictureTransform(preparation, ElementType.Float).Apply(pixels).Floats;

        for (int y = 0; y < 5; y++)
        {
            for (int x = 0; x < 7; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    byte value = pixels.Data[(y * 7 + x) * 3 + (channels == ChannelOrder.Rgb ? c : 2 - c)];
                    int at = layout == TensorLayout.Nchw ? (c * 5 + y) * 7 + x : (y * 7 + x) * 3 + c;
                    Assert.Equal(preparation.ValueOf(value, c), values[at]);
                }
            }
        }
    }

    [Fact]
    public void A_byte_input_takes_bytes_as_they_are_and_nothing_else()
    {
        TensorValue bytes = new PictureTransform(Preset("raw", ChannelOrder.Bgr, TensorLayout.Nchw), ElementType.UInt8).Apply(TwoPixels);

        Assert.Equal(ElementType.UInt8, bytes.Type);
        Assert.Equal([30, 60, 20, 50, 10, 40], bytes.Data.ToArray());
        Assert.Contains(
            "--preset raw",
            Assert
                .Throws<QuantizationException>(() =>
                    new PictureTransform(Preset("zero-one", ChannelOrder.Rgb, TensorLayout.Nchw), ElementType.UInt8)
                )
                .Message
        );
        Assert.Contains(
            "Int64",
            Assert
                .Throws<QuantizationException>(() =>
                    new PictureTransform(Preset("raw", ChannelOrder.Rgb, TensorLayout.Nchw), ElementType.Int64)
                )
                .Message
        );
    }

    [Fact]
    public void A_picture_without_a_batch_has_an_axis_less()
    {
        PicturePreparation preparation = Preset("raw", ChannelOrder.Rgb, TensorLayout.Nchw);
        TensorValue with = new PictureTransform(preparation, ElementType.Float).Apply(TwoPixels),
            without = new PictureTransform(preparation with { HasBatchAxis = false }, ElementType.Float).Apply(TwoPixels);

        Assert.Equal([1, 3, 1, 2], with.Shape);
        Assert.Equal([3, 1, 2], without.Shape);
        Assert.Equal(with.Data.ToArray(), without.Data.ToArray());
    }

    private static PicturePreparation Preset(string name, ChannelOrder channels, TensorLayout layout)
    {
        PicturePreset preset = PicturePreset.Parse(name);
        return new PicturePreparation(TwoByOne, preset.Scale, preset.MeanIn(channels), preset.StdIn(channels), channels, layout);
    }

    private static TensorValue Apply(PicturePreparation preparation) =>
        new PictureTransform(preparation, ElementType.Float).Apply(TwoPixels);
}
