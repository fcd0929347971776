using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Core.Tests.Preprocessing;

public class PicturePreparationTests
{
    [Theory]
    [InlineData("imagenet", false)]
    [InlineData("minus-one-one", true)]
    [InlineData("raw-centered", true)]
    [InlineData("caffe", true)]
    public void Only_torchvisions_networks_have_torchvisions_crop(string preset, bool cropsDown)
    {
        Assert.Equal(cropsDown, Prepared(preset, ResizeConvention.Crop).AsCustomarilyCropped().Geometry.CropsDown);
        // Where nothing is cropped the geometry stays the one that decoded pictures are kept under.
        Assert.False(Prepared(preset, ResizeConvention.Stretch).AsCustomarilyCropped().Geometry.CropsDown);
    }

    private static PicturePreparation Prepared(string name, ResizeConvention resize)
    {
        PicturePreset preset = PicturePreset.Parse(name);
        return new PicturePreparation(
            new PictureGeometry(4, 4, resize, Interpolation.PillowBilinear, IsGray: false),
            preset.Scale,
            preset.MeanIn(ChannelOrder.Rgb),
            preset.StdIn(ChannelOrder.Rgb),
            ChannelOrder.Rgb,
            TensorLayout.Nchw
        );
    }
}
