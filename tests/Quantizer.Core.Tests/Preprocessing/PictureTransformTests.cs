using System.Runtime.InteropServices;
using Quantizer.Core.Tests.Pictures;
using Quantizer.Execution;
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
    }

    [Fact]
    public void Floats_of_any_width_take_the_values_rounded_to_the_nearest()
    {
        PicturePreparation imagenet = Preset("imagenet", ChannelOrder.Rgb, TensorLayout.Nchw);
        float[] exact = Apply(imagenet).Floats.ToArray();

        TensorValue half = Apply(imagenet, ElementType.Float16),
            wide = Apply(imagenet, ElementType.Double),
            upper = Apply(imagenet, ElementType.BFloat16);

        Assert.Equal((ElementType.Float16, ElementType.Double, ElementType.BFloat16), (half.Type, wide.Type, upper.Type));
        Assert.Equal(exact.Select(value => (Half)value), MemoryMarshal.Cast<byte, Half>(half.Data.Span).ToArray());
        Assert.Equal(exact.Select(value => (double)value), MemoryMarshal.Cast<byte, double>(wide.Data.Span).ToArray());
        // 8 bits of mantissa: within half of the last one.
        Assert.All(exact.Zip(OutputValues.Floats(upper)), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) / 256));
    }

    [Theory]
    [InlineData(ElementType.UInt16)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.UInt32)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.UInt64)]
    [InlineData(ElementType.Int64)]
    public void Whole_numbers_of_any_width_take_bytes_as_they_are_and_nothing_else(ElementType type)
    {
        TensorValue whole = Apply(Preset("raw", ChannelOrder.Bgr, TensorLayout.Nhwc), type);

        Assert.Equal(type, whole.Type);
        Assert.Equal([30f, 20, 10, 60, 50, 40], OutputValues.Floats(whole));
        Assert.Contains($"{type}: it takes bytes 0..255", Refusal(Preset("zero-one", ChannelOrder.Rgb, TensorLayout.Nchw), type));
    }

    [Fact]
    public void Signed_bytes_take_bytes_less_128()
    {
        PicturePreparation raw = Preset("raw", ChannelOrder.Rgb, TensorLayout.Nhwc);

        TensorValue signed = Apply(raw with { Mean = [128, 128, 128] }, ElementType.Int8);

        Assert.Equal([-118f, -108, -98, -88, -78, -68], OutputValues.Floats(signed));
        Assert.Contains("bytes less 128, -128..127. Leave out --preset", Refusal(raw, ElementType.Int8));
    }

    [Fact]
    public void Types_and_ranges_that_hold_no_pictures_are_refused()
    {
        PicturePreparation raw = Preset("raw", ChannelOrder.Rgb, TensorLayout.Nchw);

        Assert.Contains("Bool; pictures feed floats and whole numbers", Refusal(raw, ElementType.Bool));
        // 255 x 1000.
        Assert.Contains("reach 255000; ", Refusal(raw with { Scale = 1000 }, ElementType.Float16));
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

    private static TensorValue Apply(PicturePreparation preparation, ElementType type = ElementType.Float) =>
        new PictureTransform(preparation, type).Apply(TwoPixels);

    private static string Refusal(PicturePreparation preparation, ElementType type) =>
        Assert.Throws<QuantizationException>(() => new PictureTransform(preparation, type)).Message;
}
