using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Core.Tests.Pictures;

public class OwnSizeTests
{
    [Theory]
    // The aspect ratio makes 300 of 48 rows: nine times 32 is nearer than ten times.
    [InlineData(600, 96, 288, 48)]
    [InlineData(320, 48, 320, 48)]
    // Above 512 there are fewer sizes: steps of 64.
    [InlineData(590, 48, 576, 48)]
    [InlineData(620, 48, 640, 48)]
    [InlineData(10, 48, 32, 48)]
    [InlineData(100_000, 48, 4096, 48)]
    public void A_line_keeps_its_aspect_ratio(int width, int height, int ownWidth, int ownHeight) =>
        Assert.Equal((ownWidth, ownHeight), Sides(new OwnSize(Width: true, Height: false), 0, 48, width, height));

    [Theory]
    [InlineData(640, 480, 640, 480)]
    [InlineData(100, 97, 96, 96)]
    // A photo is scaled down to 960, and its shorter side with it: 639.97 to the nearest step of 64.
    [InlineData(6000, 4000, 960, 640)]
    [InlineData(4000, 6000, 640, 960)]
    [InlineData(5, 5, 32, 32)]
    public void A_picture_keeps_its_size_up_to_a_limit(int width, int height, int ownWidth, int ownHeight) =>
        Assert.Equal((ownWidth, ownHeight), Sides(new OwnSize(Width: true, Height: true), 0, 0, width, height));

    [Fact]
    public void A_width_that_is_fixed_makes_the_height() =>
        Assert.Equal((64, 128), Sides(new OwnSize(Width: false, Height: true), 64, 0, 100, 200));

    [Fact]
    public void There_are_few_sizes_and_none_is_far()
    {
        int[] sizes = [.. Enumerable.Range(32, 4096 - 32 + 1).Select(side => OwnSize.Rounded(side)).Distinct()];

        Assert.Equal(40, sizes.Length);
        Assert.All(sizes, size => Assert.Equal(0, size % OwnSize.Multiple));
        Assert.All(Enumerable.Range(256, 3800), side => Assert.InRange(OwnSize.Rounded(side) / (double)side, 15 / 16.0, 17 / 16.0));
    }

    [Fact]
    public void Pixels_and_tensors_have_the_pictures_own_size()
    {
        PictureGeometry geometry = new(0, 48, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: false)
        {
            Own = new OwnSize(Width: true, Height: false),
        };
        Pixels picture = new(200, 96, 3, new byte[200 * 96 * 3]);

        Pixels resized = geometry.Apply(picture, "line.png");
        TensorValue tensor = new PictureTransform(
            new PicturePreparation(geometry, 1, [0, 0, 0], [1, 1, 1], ChannelOrder.Rgb, TensorLayout.Nchw),
            ElementType.Float
        ).Apply(resized);

        Assert.Equal((96, 48), (resized.Width, resized.Height));
        Assert.Equal([1, 3, 48, 96], tensor.Shape);
        Assert.Equal("own width x 48", geometry.SizeText);
    }

    private static (int, int) Sides(OwnSize own, int fixedWidth, int fixedHeight, int width, int height)
    {
        PictureGeometry settled = new PictureGeometry(
            fixedWidth,
            fixedHeight,
            ResizeConvention.Stretch,
            Interpolation.PillowBilinear,
            IsGray: false
        )
        {
            Own = own,
        }.For(width, height);
        Assert.Null(settled.Own);
        return (settled.Width, settled.Height);
    }
}
