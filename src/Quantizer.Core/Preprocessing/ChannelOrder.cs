namespace Quantizer.Preprocessing;

/// <summary>The order of a picture's channels in the model's input.</summary>
public enum ChannelOrder
{
    /// <summary>Red first.</summary>
    Rgb,

    /// <summary>Blue first.</summary>
    Bgr,

    /// <summary>One channel, luma.</summary>
    Gray,
}
