using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>What the user fixed of the pictures' preparation. Null: not said, so found out or taken from the preset.</summary>
public sealed record PictureOptions
{
    /// <summary>The word that stands for <see cref="AcceptsGuess"/> in the place of a preset.</summary>
    internal const string Guess = "guess";

    /// <summary>Scale, mean, standard deviation and channel order in one.</summary>
    public PicturePreset? Preset { get; init; }

    /// <summary>Whether to go on with the likeliest preparation where nothing tells the right one, instead of stopping before the
    /// work.</summary>
    public bool AcceptsGuess { get; init; }

    /// <summary>Per channel in the model's order, or one for all, in units after <see cref="Scale"/>.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>The standard deviation, as <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>Multiplies the bytes 0..255 first (1/255 for most models, 1 for raw ones).</summary>
    public float? Scale { get; init; }

    /// <summary>The order of the channels.</summary>
    public ChannelOrder? Channels { get; init; }

    /// <summary>How a picture of any shape becomes one of the model's; null: stretched.</summary>
    public ResizeConvention? Resize { get; init; }

    /// <summary>For crop: size after the crop by size before it; null: 0.875, which is 224 of 256.</summary>
    public double? CropRatio { get; init; }

    /// <summary>Whose resizing to reproduce; null: Pillow's bilinear.</summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>Width and height; null: the model's.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>The order of the input's axes; null: from its shape.</summary>
    public TensorLayout? Layout { get; init; }

    /// <summary>These options where they say something, <paramref name="other"/> where they do not. Preset, mean, std and scale are one
    /// thing said.</summary>
    internal PictureOptions Over(PictureOptions other)
    {
        bool saysValues = SaysValues;
        return new PictureOptions
        {
            Preset = saysValues ? Preset : other.Preset,
            AcceptsGuess = AcceptsGuess || other.AcceptsGuess,
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
    internal bool SaysValues => Preset is not null || Mean is not null || Std is not null || Scale is not null;
}
