namespace Quantizer.Calibration.Statistics;

/// <summary>How many of an activation's values are counted.</summary>
public enum StatisticsMode
{
    /// <summary>All of them.</summary>
    Exact,

    /// <summary>Large values are counted exactly, of the others every ninth vector: faster, and nearly as good.</summary>
    Sampled,
}
