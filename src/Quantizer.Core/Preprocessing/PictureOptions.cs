namespace Quantizer.Preprocessing;

/// <summary>What the user fixed of the pictures' preparation. Null: not said, so found out or taken from the preset.</summary>
public sealed record PictureOptions
{
    /// <summary>The word for <see cref="Preset"/> that goes on with the likeliest preparation where nothing tells the right one.</summary>
    public const string Guess = "guess";

    /// <summary>auto, guess, imagenet, zero-one, minus-one-one, raw, caffe, ... ; null is auto.</summary>
    public string? Preset { get; init; }

    /// <summary>Per channel, in units after <see cref="Scale"/>.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>Multiplies the bytes 0..255 first (1/255 for most models, 1 for raw ones).</summary>
    public float? Scale { get; init; }

    /// <summary>rgb, bgr or gray.</summary>
    public string? Channels { get; init; }

    /// <summary>stretch, crop or letterbox.</summary>
    public string? Resize { get; init; }

    /// <summary>For crop: size after the crop by size before it; null: 0.875, which is 224 of 256.</summary>
    public double? CropRatio { get; init; }

    /// <summary>pillow-bilinear, opencv-linear, ...</summary>
    public string? Interpolation { get; init; }

    /// <summary>Width and height; null: the model's.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>nchw or nhwc; null: from the model's input shape.</summary>
    public string? Layout { get; init; }

    /// <summary>These options where they say something, <paramref name="other"/> where they do not. Preset, mean, std and scale are one thing said.</summary>
    public PictureOptions Over(PictureOptions other)
    {
        bool saysValues = SaysValues;
        return new PictureOptions
        {
            Preset = saysValues ? Preset : other.Preset,
            Mean = saysValues ? Mean : other.Mean,
            Std = saysValues ? Std : other.Std,
            Scale = saysValues ? Scale : other.Scale,
            Channels = Channels ?? other.Channels,
            Resize = Resize ?? other.Resize,
            CropRatio = CropRatio ?? (Resize is null ? other.CropRatio : null),
            Interpolation = Interpolation ?? other.Interpolation,
            Size = Size ?? other.Size,
            Layout = Layout ?? other.Layout,
        };
    }

    /// <summary>Whether anything is fixed of how bytes become numbers.</summary>
    public bool SaysValues => SaysPreset || Mean is not null || Std is not null || Scale is not null;

    /// <summary>Whether to go on with the likeliest preparation where nothing tells the right one.</summary>
    internal bool AcceptsGuess => Guess.Equals(Preset, StringComparison.OrdinalIgnoreCase);

    internal bool SaysPreset => Preset is { } preset && !preset.Equals("auto", StringComparison.OrdinalIgnoreCase) && !AcceptsGuess;
}
