using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Core.Tests.Preprocessing;

public sealed class PictureInputTests
{
    [Fact]
    public void Layout_channels_and_size_follow_from_the_shape()
    {
        Assert.Equal(new PictureInput("x", ElementType.Float, TensorLayout.Nchw, 3, 320, 240), Read([1, 3, 240, 320]));
        Assert.Equal(new PictureInput("x", ElementType.Float, TensorLayout.Nhwc, 3, 96, 64), Read([null, 64, 96, 3]));
        Assert.Equal(new PictureInput("x", ElementType.Float, TensorLayout.Nchw, 1, 28, 28), Read([1, 1, 28, 28]));
        // A picture of three rows: the second axis decides, unless the user does.
        Assert.Equal(TensorLayout.Nchw, Read([1, 3, 5, 3]).Layout);
        Assert.Equal(
            new PictureInput("x", ElementType.Float, TensorLayout.Nhwc, 3, 5, 3),
            Read([1, 3, 5, 3], new PictureOptions { Layout = TensorLayout.Nhwc })
        );
    }

    [Fact]
    public void A_colour_picture_may_be_taken_without_a_batch()
    {
        PictureInput planes = Read([3, 240, 320]),
            pixels = Read([64, 96, 3]),
            open = PictureInput.Of([Signature("x", [3, null, null])], new PictureOptions(), mayKeepSize: true);

        Assert.Equal((TensorLayout.Nchw, 320, 240, false), (planes.Layout, planes.Width, planes.Height, planes.HasBatchAxis));
        Assert.Equal((TensorLayout.Nhwc, 96, 64, false), (pixels.Layout, pixels.Width, pixels.Height, pixels.HasBatchAxis));
        Assert.Equal((null, null), (open.Width, open.Height));
        Assert.True(Read([1, 3, 240, 320]).HasBatchAxis);
        // Sequences of numbers are none.
        Assert.Contains("or the last three of these", Error([1, 80, 300]));
    }

    [Fact]
    public void An_open_size_must_be_said()
    {
        Assert.Contains("leaves the height open", Error([null, 3, null, 224]));
        Assert.Contains("leaves the width open", Error([null, 3, 224, null]));
        PictureInput input = Read([null, 3, null, null], new PictureOptions { Size = (320, 200) });
        Assert.Equal((320, 200), (input.Width, input.Height));
    }

    [Fact]
    public void An_open_side_is_each_pictures_own_where_that_is_allowed()
    {
        PictureInput line = PictureInput.Of([Signature("x", [null, 3, 48, null])], new PictureOptions(), mayKeepSize: true),
            page = PictureInput.Of([Signature("x", [null, null, null, 3])], new PictureOptions(), mayKeepSize: true),
            asked = PictureInput.Of([Signature("x", [null, 3, 48, null])], new PictureOptions { Size = (320, 48) }, mayKeepSize: true);

        Assert.Equal((null, 48, new OwnSize(true, false)), (line.Width, line.Height, line.Geometry(new PictureOptions()).Own));
        Assert.Equal((null, null, new OwnSize(true, true)), (page.Width, page.Height, page.Geometry(new PictureOptions()).Own));
        Assert.Equal((320, 48, null), (asked.Width, asked.Height, asked.Geometry(new PictureOptions()).Own));
    }

    [Fact]
    public void A_size_other_than_the_models_is_an_error() =>
        Assert.Contains("takes 224 only", Error([1, 3, 224, 224], new PictureOptions { Size = (256, 224) }));

    [Fact]
    public void Inputs_that_take_no_pictures_say_so()
    {
        Assert.Contains("four axes", Error([1, 576]));
        Assert.Contains("neither 1 nor 3 channels", Error([1, 4, 32, 32]));
        Assert.Contains("32 channels in layout nhwc", Error([1, 3, 32, 32], new PictureOptions { Layout = TensorLayout.Nhwc }));
        Assert.Contains("exactly 8 pictures at once", Error([8, 3, 32, 32]));
    }

    [Fact]
    public void A_layout_is_asked_for_only_where_one_would_do()
    {
        PictureOptions last = new() { Layout = TensorLayout.Nhwc };

        Assert.EndsWith("give its data as arrays in an .npz or .npy file.", Error([1, 4, 32, 32]), StringComparison.Ordinal);
        Assert.DoesNotContain("--layout", Error([1, 4, 32, 32]));
        Assert.DoesNotContain("--layout", Error([1, 4, 32, 32], last));
        // The open axis may have the channels.
        Assert.Contains("--layout", Error([1, null, 32, 32]));
        Assert.Contains("--layout", Error([1, 3, 32, 32], last));
    }

    [Fact]
    public void A_model_with_more_inputs_names_them_and_says_what_to_do()
    {
        TensorSignature[] inputs = [Signature("input", [1, 3, 8, 8]), Signature("state", [2, null, 128]), Signature("sr", [])];

        string message = Assert.Throws<QuantizationException>(() => PictureInput.Of(inputs, new PictureOptions())).Message;

        Assert.Contains("'state' [2, ?, 128], 'sr' []", message);
        Assert.Contains("--calib input=FOLDER", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_beside_the_pictures_may_be_constants()
    {
        TensorSignature picture = Signature("image", [1, 3, 8, 8]),
            other = picture with { Name = "other" };
        TensorSignature[] paddle = [Signature("im_shape", [1, 2]), picture, Signature("scale_factor", [1, 2])];

        string message = Assert.Throws<QuantizationException>(() => PictureInput.Of(paddle, new PictureOptions())).Message,
            pair = Assert.Throws<QuantizationException>(() => PictureInput.Of([picture, other], new PictureOptions())).Message;

        Assert.Contains("--calib image=FOLDER", message);
        Assert.EndsWith("always the same with --input im_shape=VALUE and --input scale_factor=VALUE.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("--input", pair);
    }

    private static PictureInput Read(long?[] shape, PictureOptions? options = null) =>
        PictureInput.Of([Signature("x", shape)], options ?? new PictureOptions());

    private static string Error(long?[] shape, PictureOptions? options = null) =>
        Assert.Throws<QuantizationException>(() => Read(shape, options)).Message;

    private static TensorSignature Signature(string name, long?[] shape) =>
        new(name, ElementType.Float, [.. shape.Select(size => new Dimension(size))]);
}
