using Quantizer.Pictures;

namespace Quantizer.Core.Tests.Pictures;

public sealed class PictureGeometryTests
{
    /// <summary>
    /// References: Pillow's bilinear with torchvision's arithmetic: short side to round(size / 0.875), long side
    /// int(short * long / short side), centre crop at int(round((side - size) / 2.0)).
    /// </summary>
    [Theory]
    [InlineData(50, 33, 14, "16cf4f4f670958a0")]
    [InlineData(33, 50, 14, "5dc4868d4b0e1aec")]
    [InlineData(37, 37, 21, "18ec72fc7ba787e4")]
    [InlineData(20, 90, 28, "cec23fc1a937ec3f")]
    public void Crop_equals_torchvision(int width, int height, int size, string expected)
    {
        Pixels cropped = Geometry(size, size, ResizeConvention.Crop).Apply(DrawnPicture.Of(width, height, 3), "p");

        Assert.Equal((size, size), (cropped.Width, cropped.Height));
        Assert.Equal(expected, DrawnPicture.Hash(cropped));
    }

    /// <summary>Seven columns are one too many for a margin of the same width on both sides: 3.5 is rounded to 4, or down to 3.</summary>
    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 3)]
    public void The_middle_begins_where_half_the_margin_is_rounded_to(bool isDown, int left)
    {
        Pixels columns = new(8, 1, 1, [0, 1, 2, 3, 4, 5, 6, 7]);
        PictureGeometry geometry = Geometry(1, 1, ResizeConvention.Crop, isGray: true) with { CropRatio = 1, CropsDown = isDown };

        Assert.Equal((byte)left, Assert.Single(geometry.Apply(columns, "p").Data));
    }

    [Fact]
    public void Crop_to_a_size_that_is_not_square_covers_both_axes()
    {
        Pixels cropped = Geometry(30, 10, ResizeConvention.Crop).Apply(DrawnPicture.Of(20, 90, 3), "p");

        Assert.Equal((30, 10), (cropped.Width, cropped.Height));
    }

    [Fact]
    public void Letterbox_fits_the_picture_and_fills_with_grey()
    {
        Pixels white = new(4, 2, 1, [.. Enumerable.Repeat((byte)255, 8)]);

        Pixels framed = Geometry(4, 5, ResizeConvention.Letterbox, isGray: true).Apply(white, "p");

        // Three rows are left over: one above, two below.
        byte[] expected = [114, 114, 114, 114, 255, 255, 255, 255, 255, 255, 255, 255, 114, 114, 114, 114, 114, 114, 114, 114];
        Assert.Equal(expected, framed.Data);
    }

    [Fact]
    public void Letterbox_of_a_tall_picture_has_its_margins_left_and_right()
    {
        Pixels framed = Geometry(8, 8, ResizeConvention.Letterbox).Apply(new Pixels(2, 8, 3, new byte[48]), "p");

        Assert.Equal([114, 114, 114, 0, 0, 114, 114, 114], Enumerable.Range(0, 8).Select(x => (int)framed.Data[x * 3]));
    }

    [Fact]
    public void Stretch_is_plain_resizing()
    {
        Pixels picture = DrawnPicture.Of(40, 30, 3);

        Pixels stretched = Geometry(17, 13, ResizeConvention.Stretch).Apply(picture, "p");

        Assert.Equal(PictureResize.To(picture, 17, 13, Interpolation.PillowBilinear).Data, stretched.Data);
    }

    [Theory]
    [InlineData(ResizeConvention.Crop)]
    [InlineData(ResizeConvention.Stretch)]
    public void A_picture_so_narrow_that_resizing_would_fill_the_memory_is_refused_by_name(ResizeConvention resize)
    {
        Pixels thread = new(1, 1_000_000, 1, new byte[1_000_000]);

        BrokenPictureException error = Assert.Throws<BrokenPictureException>(() =>
            Geometry(224, 224, resize, isGray: true).Apply(thread, "thread.png")
        );

        Assert.Contains("thread.png", error.Message);
        Assert.Contains("1 x 1000000", error.Message);
    }

    private static PictureGeometry Geometry(int width, int height, ResizeConvention resize, bool isGray = false) =>
        new(width, height, resize, Interpolation.PillowBilinear, isGray);
}
