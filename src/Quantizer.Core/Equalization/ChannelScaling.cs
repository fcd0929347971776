namespace Quantizer.Equalization;

/// <summary>Whether channels get scales of their own before the model is quantized.</summary>
public enum ChannelScaling
{
    /// <summary>Where ranges are chosen by the error at the outputs, and scales lower it on samples that they were not chosen on.</summary>
    Automatic,

    /// <summary>With any way of choosing ranges, where they lower that error.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
