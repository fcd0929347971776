namespace Quantizer.Pictures;

/// <summary>What the resizing conventions do besides resizing.</summary>
internal static class PictureFraming
{
    /// <summary>The grey around a letterboxed picture, from YOLOv5 on.</summary>
    private const byte LetterboxGrey = 114;

    /// <summary>
    /// The size to resize to, before anything is cut off or added. Crop: both axes cover size / ratio, the longer truncated,
    /// which for squares is torchvision's <c>Resize(256)</c> for 224 and 0.875. Letterbox: the largest size that fits.
    /// </summary>
    public static (long Width, long Height) ResizedSize(int sourceWidth, int sourceHeight, PictureGeometry geometry) =>
        geometry.Resize switch
        {
            ResizeConvention.Crop => Covering(
                sourceWidth,
                sourceHeight,
                Enlarged(geometry.Width, geometry.CropRatio),
                Enlarged(geometry.Height, geometry.CropRatio)
            ),
            ResizeConvention.Letterbox => Fitting(sourceWidth, sourceHeight, geometry.Width, geometry.Height),
            _ => (geometry.Width, geometry.Height),
        };

    /// <param name="isDown">Offsets are rounded down; else half to even, as in torchvision's CenterCrop.</param>
    public static Pixels CutOutCentre(Pixels source, int width, int height, bool isDown)
    {
        MidpointRounding rounding = isDown ? MidpointRounding.ToZero : MidpointRounding.ToEven;
        int left = (int)Math.Round((source.Width - width) / 2.0, rounding);
        int top = (int)Math.Round((source.Height - height) / 2.0, rounding);
        int stride = width * source.Channels;
        byte[] cut = new byte[stride * height];
        for (int y = 0; y < height; y++)
            source.Data.AsSpan(((top + y) * source.Width + left) * source.Channels, stride).CopyTo(cut.AsSpan(y * stride));
        return source with { Width = width, Height = height, Data = cut };
    }

    /// <summary>An odd margin is larger at the right and the bottom.</summary>
    public static Pixels Centre(Pixels source, int width, int height)
    {
        byte[] framed = new byte[width * height * source.Channels];
        Array.Fill(framed, LetterboxGrey);
        int left = (width - source.Width) / 2;
        int top = (height - source.Height) / 2;
        int stride = source.Width * source.Channels;
        for (int y = 0; y < source.Height; y++)
            source.Data.AsSpan(y * stride, stride).CopyTo(framed.AsSpan(((top + y) * width + left) * source.Channels));
        return source with { Width = width, Height = height, Data = framed };
    }

    private static int Enlarged(int side, double ratio) => Math.Max(side, (int)Math.Round(side / ratio, MidpointRounding.ToEven));

    private static (long Width, long Height) Covering(int sourceWidth, int sourceHeight, long width, long height) =>
        sourceWidth * height <= sourceHeight * width
            ? (width, width * sourceHeight / sourceWidth)
            : (height * sourceWidth / sourceHeight, height);

    private static (long Width, long Height) Fitting(int sourceWidth, int sourceHeight, int width, int height)
    {
        double ratio = Math.Min((double)width / sourceWidth, (double)height / sourceHeight);
        return (FittedSide(sourceWidth, ratio, width), FittedSide(sourceHeight, ratio, height));
    }

    private static int FittedSide(int side, double ratio, int limit) =>
        Math.Clamp((int)Math.Round(side * ratio, MidpointRounding.ToEven), 1, limit);
}
