namespace Quantizer.Ranges.Weights;

/// <summary>How the range of a weight channel is chosen.</summary>
public enum WeightRangeMethod
{
    /// <summary>All of the others are tried, and the error at the network's outputs decides.</summary>
    Automatic,

    /// <summary>The largest magnitude: nothing is clipped.</summary>
    MinMax,

    /// <summary>The range of least squared error, rounding and clipping together.</summary>
    SquaredError,
}
