namespace Quantizer.Pictures;

/// <summary>Resizes by any of the interpolations. A picture that has the size already is returned as it is, as all libraries do.</summary>
internal static class PictureResize
{
    public static Pixels To(Pixels source, int width, int height, Interpolation interpolation)
    {
        if (source.Width == width && source.Height == height) return source;
        return interpolation switch
        {
            Interpolation.OpenCvLinear => OpenCvLinearResize.To(source, width, height),
            Interpolation.PillowBicubic => PillowResize.To(source, width, height, PillowFilter.Bicubic),
            Interpolation.PillowBox => PillowResize.To(source, width, height, PillowFilter.Box),
            Interpolation.PillowLanczos => PillowResize.To(source, width, height, PillowFilter.Lanczos),
            _ => PillowResize.To(source, width, height, PillowFilter.Bilinear),
        };
    }
}
