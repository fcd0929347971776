namespace Quantizer.Correction;

/// <summary>Whether biases, and weights for each other, make up for what rounding and clipping change.</summary>
public enum BiasCorrectionMode
{
    /// <summary>Where the way of choosing ranges is left to the outputs.</summary>
    Automatic,

    /// <summary>With any way of choosing ranges.</summary>
    On,

    /// <summary>Biases stay as they are, and weights are rounded to the nearest.</summary>
    Off,

    /// <summary>With any way of choosing ranges, and weights are rounded to the nearest.</summary>
    OnlyBiases,
}
