using Quantizer.Comparison.Tasks;
using Quantizer.Pictures;

namespace Quantizer.Details;

/// <summary>Colours that classes of pixels are shown in: class 0, mostly the background, in none.</summary>
internal static class ClassColours
{
    /// <summary>The picture shines through.</summary>
    private const byte Alpha = 150;

    private const int Bits = 8;

    public static string Overlay(ShownMap map, int longest) =>
        PictureEncoder.Overlay(map.Width, map.Height, pixel => Of(map.Classes[pixel]), longest);

    /// <summary>The customary colours of segmentation (those of PASCAL VOC): the lowest bits of the class are the highest of red, green and
    /// blue in turns, so that neighbouring classes look different.</summary>
    public static PixelColour Of(int label)
    {
        if (label == 0)
            return default;
        int red = 0,
            green = 0,
            blue = 0;
        for (int bit = Bits - 1, rest = label; bit >= 0; bit--, rest >>= 3)
        {
            red |= (rest & 1) << bit;
            green |= ((rest >> 1) & 1) << bit;
            blue |= ((rest >> 2) & 1) << bit;
        }
        return new PixelColour((byte)red, (byte)green, (byte)blue, Alpha);
    }
}
