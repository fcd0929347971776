namespace Quantizer.Correction;

/// <summary>Whether biases make up for what rounding and clipping shift.</summary>
public enum BiasCorrectionMode
{
    /// <summary>Where the way of choosing ranges is left to the outputs.</summary>
    Automatic,

    /// <summary>With any way of choosing ranges.</summary>
    On,

    /// <summary>Biases stay as they are.</summary>
    Off,
}
