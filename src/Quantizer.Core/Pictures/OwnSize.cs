using System.Numerics;

namespace Quantizer.Pictures;

/// <summary>
/// Sides that each picture keeps of itself, where a model leaves them open: its own, or what its aspect ratio makes of the side that
/// the model fixes. They are brought to the nearest of few sizes, so that pictures share sizes and halvings inside of the network
/// come out even; nothing is padded.
/// </summary>
/// <param name="Width">The width is open.</param>
/// <param name="Height">The height is open.</param>
internal sealed record OwnSize(bool Width, bool Height)
{
    /// <summary>What five halvings need, which is as many as detectors and text readers have.</summary>
    public const int Multiple = 32;

    /// <summary>Where both sides are open, larger pictures are scaled down to it: photos would take minutes each. It is what PaddleOCR
    /// allows a page; detectors see less.</summary>
    public const int LongestSide = 960;

    /// <summary>The longest line of text, 80 times as wide as high.</summary>
    private const int LongestLine = 4096;

    /// <summary>From here on steps grow with the size, so that a side changes by a sixteenth at most and has 40 sizes in all.</summary>
    private const int StepsInSize = 8;

    /// <summary>The size of a picture in a geometry with open sides.</summary>
    /// <param name="width">The picture's.</param>
    /// <param name="height">The picture's.</param>
    /// <param name="geometry">Says the side that is not open.</param>
    public (int Width, int Height) Of(int width, int height, PictureGeometry geometry)
    {
        if (Width && Height)
        {
            double scale = Math.Min(1, (double)LongestSide / Math.Max(width, height));
            return (Rounded(width * scale), Rounded(height * scale));
        }
        return Width
            ? (Rounded((double)width * geometry.Height / height), geometry.Height)
            : (geometry.Width, Rounded((double)height * geometry.Width / width));
    }

    /// <summary>What is done to the pictures, as a sentence.</summary>
    public string Account =>
        this switch
        {
            { Width: true, Height: true } =>
                $"Each keeps its own size, up to {LongestSide} pixels on its longer side, to the nearest multiple of {Multiple}.",
            { Width: true } => $"Each keeps its own width, as its aspect ratio makes it, to the nearest multiple of {Multiple}.",
            _ => $"Each keeps its own height, as its aspect ratio makes it, to the nearest multiple of {Multiple}.",
        };

    /// <summary>The nearest size there is.</summary>
    public static int Rounded(double side)
    {
        int whole = (int)Math.Round(Math.Clamp(side, Multiple, LongestLine), MidpointRounding.AwayFromZero);
        int step = Math.Max(Multiple, 1 << BitOperations.Log2((uint)(whole / StepsInSize)));
        return (whole + (step / 2)) / step * step;
    }
}
