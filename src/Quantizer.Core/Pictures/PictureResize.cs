namespace Quantizer.Pictures;

/// <summary>Resizes by any of the interpolations. A picture that has the size already is returned as it is, as all libraries do.</summary>
internal static class PictureResize
{
    public static Pixels To(Pixels source, int width, int height, Interpolation interpolation) =>
        source.Width == width && source.Height == height
            ? source
            : To(new PixelRows(source), width, height, interpolation) with
            {
                AsksForTurn = source.AsksForTurn,
            };

    /// <summary>The same of rows that come one by one; those that no value of the result needs are left.</summary>
    internal static Pixels To(IPixelRows source, int width, int height, Interpolation interpolation)
    {
        if (source.Width == width && source.Height == height)
            return Whole(source);
        return interpolation switch
        {
            Interpolation.OpenCvLinear => OpenCvLinearResize.To(source, width, height),
            Interpolation.PillowBicubic => PillowResize.To(source, width, height, PillowFilter.Bicubic),
            Interpolation.PillowBox => PillowResize.To(source, width, height, PillowFilter.Box),
            Interpolation.PillowLanczos => PillowResize.To(source, width, height, PillowFilter.Lanczos),
            _ => PillowResize.To(source, width, height, PillowFilter.Bilinear),
        };
    }

    /// <summary>All rows as they are.</summary>
    internal static Pixels Whole(IPixelRows source)
    {
        int stride = source.Width * source.Channels;
        byte[] data = new byte[stride * source.Height];
        for (int y = 0; y < source.Height; y++)
            source.Next().CopyTo(data.AsSpan(y * stride));
        return new Pixels(source.Width, source.Height, source.Channels, data);
    }
}
