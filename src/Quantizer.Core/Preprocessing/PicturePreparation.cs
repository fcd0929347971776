using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>
/// How a picture becomes a model's input: geometry first, then per channel (byte x scale - mean) / std, then the order of
/// channels and axes.
/// </summary>
/// <param name="Scale">Multiplies the bytes 0..255.</param>
/// <param name="Mean">Per channel in the model's order (B first for BGR), in units after scaling.</param>
/// <param name="Std">As <paramref name="Mean"/>; never zero.</param>
internal sealed record PicturePreparation(
    PictureGeometry Geometry,
    float Scale,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Std,
    ChannelOrder Channels,
    TensorLayout Layout
)
{
    /// <summary>Whether tensors begin with an axis of one.</summary>
    public bool HasBatchAxis { get; init; } = true;

    /// <summary>The scale that brings bytes to 0..1.</summary>
    public const float UnitScale = 1f / 255f;

    /// <summary>
    /// The middle as the model's own program cuts it out. torchvision's CenterCrop rounds half to even, and its networks want 0..1 with a
    /// mean for each colour; TensorFlow and what is made of OpenCV rounds down.
    /// </summary>
    public PicturePreparation AsCustomarilyCropped() =>
        Geometry.Resize == ResizeConvention.Crop ? this with { Geometry = Geometry with { CropsDown = !IsTorchvisions } } : this;

    private bool IsTorchvisions => Scale == UnitScale && Mean.Distinct().Count() > 1;

    /// <summary>What the model gets for a byte of a channel (in the model's order), rounded as torchvision's ToTensor and Normalize
    /// do.</summary>
    public float ValueOf(byte value, int channel)
    {
        // torchvision divides by 255; multiplying by the rounded reciprocal differs in the last bit.
        float scaled = Scale == UnitScale ? value / (float)byte.MaxValue : value * Scale;
        return (scaled - Mean[channel]) / Std[channel];
    }
}
