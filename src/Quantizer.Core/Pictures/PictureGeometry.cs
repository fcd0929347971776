namespace Quantizer.Pictures;

/// <summary>Everything of a preparation that changes where pixels lie: preparations that share it share decoded pictures.</summary>
/// <param name="IsGray">Luma before resizing, for models of one channel.</param>
internal sealed record PictureGeometry(int Width, int Height, ResizeConvention Resize, Interpolation Interpolation, bool IsGray)
{
    /// <summary>224 of 256, the customary centre crop of ImageNet models.</summary>
    public const double UsualCropRatio = 0.875;

    /// <summary>Size after a crop by size before it, per axis; only for <see cref="ResizeConvention.Crop"/>.</summary>
    public double CropRatio { get; init; } = UsualCropRatio;

    /// <summary>An odd margin around the middle is smaller at the left and the top; else its half is rounded to the even side.</summary>
    public bool CropsDown { get; init; }

    /// <summary>The sides that are each picture's own, <see cref="Width"/> or <see cref="Height"/> being zero there; null: none.</summary>
    public OwnSize? Own { get; init; }

    /// <summary>320x48, or which sides are each picture's own.</summary>
    public string SizeText =>
        Own switch
        {
            null => $"{Width}x{Height}",
            { Width: true, Height: true } => "own size",
            { Width: true } => $"own width x {Height}",
            _ => $"{Width} x own height",
        };

    /// <summary>This geometry for a picture of a size: with all sides settled.</summary>
    public PictureGeometry For(int width, int height)
    {
        if (Own is null)
            return this;
        (int ownWidth, int ownHeight) = Own.Of(width, height, this);
        return this with { Width = ownWidth, Height = ownHeight, Own = null };
    }

    /// <summary>The picture in this geometry.</summary>
    /// <param name="name">What messages call the picture.</param>
    /// <exception cref="BrokenPictureException">The picture is so narrow that resizing it would take absurd amounts of memory.</exception>
    public Pixels Apply(Pixels picture, string name) => Apply(new PixelRows(picture), name) with { AsksForTurn = picture.AsksForTurn };

    /// <summary>The same of a picture that is only now being decoded.</summary>
    /// <exception cref="BrokenPictureException">As above.</exception>
    internal Pixels Apply(IPixelRows picture, string name)
    {
        if (Own is not null)
            return For(picture.Width, picture.Height).Apply(picture, name);
        (long width, long height) = PictureFraming.ResizedSize(picture.Width, picture.Height, this);
        // As many as one axis resized before the other would make, which is what other programs hold.
        long between = width * Math.Max(height, picture.Height);
        if (between > PictureDecoder.MaximumPixels)
        {
            throw new BrokenPictureException(
                name,
                $"{picture.Width} x {picture.Height} pixels are too narrow to be resized to {Width} x {Height}"
            );
        }

        IPixelRows source = IsGray && picture.Channels > 1 ? new LumaRows(picture) : picture;
        Pixels resized = PictureResize.To(source, (int)width, (int)height, Interpolation);
        return Resize switch
        {
            ResizeConvention.Crop => PictureFraming.CutOutCentre(resized, Width, Height, CropsDown),
            ResizeConvention.Letterbox => PictureFraming.Centre(resized, Width, Height),
            _ => resized,
        };
    }
}
