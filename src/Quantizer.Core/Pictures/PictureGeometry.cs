using Quantizer.Samples;

namespace Quantizer.Pictures;

/// <summary>Everything of a preparation that changes where pixels lie: preparations that share it share decoded pictures.</summary>
/// <param name="IsGray">Luma before resizing, for models of one channel.</param>
internal sealed record PictureGeometry(int Width, int Height, ResizeConvention Resize, Interpolation Interpolation, bool IsGray)
{
    /// <summary>224 of 256, the customary centre crop of ImageNet models.</summary>
    public const double UsualCropRatio = 0.875;

    /// <summary>Size after a crop by size before it, per axis; only for <see cref="ResizeConvention.Crop"/>.</summary>
    public double CropRatio { get; init; } = UsualCropRatio;

    /// <summary>The picture in this geometry.</summary>
    /// <param name="name">What messages call the picture.</param>
    /// <exception cref="BrokenSampleException">The picture is so narrow that resizing it would take absurd amounts of memory.</exception>
    public Pixels Apply(Pixels picture, string name)
    {
        (long width, long height) = PictureFraming.ResizedSize(picture, this);
        // The horizontal pass comes first and keeps the source's height.
        long scratch = width * Math.Max(height, picture.Height);
        if (scratch > PictureDecoder.MaximumPixels)
            throw new BrokenSampleException(name, $"{picture.Width} x {picture.Height} pixels are too narrow to be resized to {Width} x {Height}");
        Pixels source = IsGray ? picture.ToGray() : picture;
        Pixels resized = PictureResize.To(source, (int)width, (int)height, Interpolation);
        return Resize switch
        {
            ResizeConvention.Crop => PictureFraming.CutOutCentre(resized, Width, Height),
            ResizeConvention.Letterbox => PictureFraming.Centre(resized, Width, Height),
            _ => resized,
        };
    }
}
