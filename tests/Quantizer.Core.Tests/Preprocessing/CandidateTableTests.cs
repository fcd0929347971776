using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Core.Tests.Preprocessing;

public sealed class CandidateTableTests
{
    private static readonly PictureInput Coloured = new("x", ElementType.Float, TensorLayout.Nchw, 3, 8, 8);
    private static readonly PictureInput Gray = Coloured with { Channels = 1 };

    [Fact]
    public void Nothing_said_leaves_every_preset_in_both_orders()
    {
        Assert.Equal(
            [
                "imagenet in RGB",
                "imagenet in BGR",
                "zero-one in RGB",
                "zero-one in BGR",
                "minus-one-one in RGB",
                "minus-one-one in BGR",
                "raw in RGB",
                "raw in BGR",
                "caffe in BGR",
                "caffe in RGB",
                "cifar10 in RGB",
                "cifar10 in BGR",
                "raw-centered in RGB",
                "raw-centered in BGR",
            ],
            Names(Coloured, new PictureOptions())
        );
        Assert.Equal(["zero-one", "minus-one-one", "raw", "raw-centered", "mnist"], Names(Gray, new PictureOptions()));
    }

    [Fact]
    public void What_the_user_says_narrows_the_choice()
    {
        Assert.Equal(["imagenet in RGB"], Names(Coloured, new PictureOptions { Preset = PicturePreset.ImageNet }));
        Assert.Equal(["caffe in BGR"], Names(Coloured, new PictureOptions { Preset = PicturePreset.Caffe }));
        Assert.Equal(
            ["imagenet in BGR"],
            Names(Coloured, new PictureOptions { Preset = PicturePreset.ImageNet, Channels = ChannelOrder.Bgr })
        );
        Assert.Equal(7, Names(Coloured, new PictureOptions { Channels = ChannelOrder.Bgr }).Length);
        Assert.Equal(["custom in RGB", "custom in BGR"], Names(Coloured, new PictureOptions { Mean = [0.5f] }));
        Assert.Equal(["raw in RGB", "raw in BGR"], Names(Coloured with { Type = ElementType.UInt8 }, new PictureOptions()));
    }

    [Fact]
    public void Whole_numbers_leave_the_channel_order_alone_open()
    {
        Assert.Equal(["raw in RGB", "raw in BGR"], Names(Coloured with { Type = ElementType.Int32 }, new PictureOptions { Mean = [0.5f] }));
        Assert.Equal(["raw"], Names(Gray with { Type = ElementType.UInt16 }, new PictureOptions()));
        Assert.Equal(["custom in RGB", "custom in BGR"], Names(Coloured with { Type = ElementType.Int8 }, new PictureOptions()));
        PicturePreparation signed = One(Gray with { Type = ElementType.Int8 }, new PictureOptions());
        Assert.Equal((-128f, 127f), (signed.ValueOf(0, 0), signed.ValueOf(255, 0)));
    }

    [Fact]
    public void Means_move_with_their_colours_but_the_users_stay_where_he_put_them()
    {
        Assert.Equal(
            [0.406f, 0.456f, 0.485f],
            One(Coloured, new PictureOptions { Preset = PicturePreset.ImageNet, Channels = ChannelOrder.Bgr }).Mean
        );
        Assert.Equal(
            [1f, 2, 3],
            One(
                Coloured,
                new PictureOptions
                {
                    Mean = [1, 2, 3],
                    Scale = 1,
                    Channels = ChannelOrder.Bgr,
                }
            ).Mean
        );
        Assert.Equal(
            [123f, 117, 104],
            One(Coloured, new PictureOptions { Preset = PicturePreset.Caffe, Channels = ChannelOrder.Rgb }).Mean
        );
    }

    [Fact]
    public void Means_of_bytes_and_of_shares_tell_the_scale()
    {
        Assert.Equal(
            1f,
            One(
                Coloured,
                new PictureOptions
                {
                    Mean = [127f],
                    Std = [128f],
                    Channels = ChannelOrder.Rgb,
                }
            ).Scale
        );
        Assert.Equal(
            1f / 255f,
            One(
                Coloured,
                new PictureOptions
                {
                    Mean = [0.5f],
                    Std = [0.5f],
                    Channels = ChannelOrder.Rgb,
                }
            ).Scale
        );
        Assert.Equal(2f, One(Coloured, new PictureOptions { Scale = 2f, Channels = ChannelOrder.Rgb }).Scale);
    }

    [Fact]
    public void A_preset_can_be_varied()
    {
        PicturePreparation varied = One(
            Coloured,
            new PictureOptions
            {
                Preset = PicturePreset.ImageNet,
                Std = [1f],
                Resize = ResizeConvention.Letterbox,
                Interpolation = Interpolation.OpenCvLinear,
            }
        );

        Assert.Equal([1f, 1, 1], varied.Std);
        Assert.Equal([0.485f, 0.456f, 0.406f], varied.Mean);
        Assert.Equal((ResizeConvention.Letterbox, Interpolation.OpenCvLinear), (varied.Geometry.Resize, varied.Geometry.Interpolation));
    }

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        Assert.Contains("Expected gray", Error(Gray, new PictureOptions { Channels = ChannelOrder.Rgb }));
        Assert.Contains("Expected rgb or bgr", Error(Coloured, new PictureOptions { Channels = ChannelOrder.Gray }));
        Assert.Contains("three colours", Error(Gray, new PictureOptions { Preset = PicturePreset.ImageNet }));
        Assert.Contains("--mean has 2 values", Error(Coloured, new PictureOptions { Mean = [1, 2] }));
        Assert.Contains("zero cannot divide", Error(Coloured, new PictureOptions { Std = [1, 0, 1] }));
        Assert.Contains("--scale 0", Error(Coloured, new PictureOptions { Scale = 0 }));
    }

    [Fact]
    public void Alike_is_what_quantization_cannot_tell_apart()
    {
        Dictionary<string, PreparationCandidate> all = CandidateTable
            .For(Coloured, new PictureOptions())
            .ToDictionary(candidate => candidate.Name);

        Assert.Equal(0, all["imagenet in RGB"].DistanceTo(all["imagenet in BGR"]), 6);
        Assert.Equal(0.0039, all["minus-one-one in RGB"].DistanceTo(all["raw-centered in BGR"]), 4);
        Assert.Equal(0.118, all["imagenet in RGB"].DistanceTo(all["cifar10 in RGB"]), 3);
        Assert.Equal(all["cifar10 in RGB"].DistanceTo(all["imagenet in RGB"]), all["imagenet in RGB"].DistanceTo(all["cifar10 in RGB"]), 9);
        Assert.Equal(0.369, all["imagenet in RGB"].DistanceTo(all["minus-one-one in RGB"]), 3);
    }

    private static string[] Names(PictureInput input, PictureOptions options) =>
        [.. CandidateTable.For(input, options).Select(candidate => candidate.Name)];

    private static PicturePreparation One(PictureInput input, PictureOptions options) =>
        Assert.Single(CandidateTable.For(input, options)).Preparation;

    private static string Error(PictureInput input, PictureOptions options) =>
        Assert.Throws<QuantizationException>(() => CandidateTable.For(input, options)).Message;
}
