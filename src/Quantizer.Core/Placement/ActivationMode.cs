namespace Quantizer.Placement;

/// <summary>Where the ranges of activations come from, and with that in which form nodes with weights run.</summary>
public enum ActivationMode
{
    /// <summary>For each part of the model from what serves it best.</summary>
    Automatic,

    /// <summary>From calibration: the same for every input.</summary>
    Static,

    /// <summary>From the values of each run, where the target has kernels for that; other weights are only stored as integers.</summary>
    Dynamic,

    /// <summary>From the values of each run for linear and recurrent layers, where the target has kernels for that; for all others from
    /// calibration.</summary>
    Mixed,

    /// <summary>From nowhere: weights are stored as integers, and all arithmetic is in float.</summary>
    None,
}
