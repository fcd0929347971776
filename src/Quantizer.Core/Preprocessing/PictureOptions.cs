namespace Quantizer.Preprocessing;

/// <summary>What the user fixed of the pictures' preparation. Null: not said, so found out or taken from the preset.</summary>
public sealed record PictureOptions
{
    /// <summary>auto, imagenet, zero-one, minus-one-one, raw, caffe, ... ; null is auto.</summary>
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

    /// <summary>pillow-bilinear, opencv-linear, ...</summary>
    public string? Interpolation { get; init; }

    /// <summary>Width and height; null: the model's.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>nchw or nhwc; null: from the model's input shape.</summary>
    public string? Layout { get; init; }
}
