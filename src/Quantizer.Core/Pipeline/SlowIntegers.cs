namespace Quantizer.Pipeline;

/// <summary>What becomes of integers that are not noticeably faster than float, where the form of the model is left to the tool.</summary>
public enum SlowIntegers
{
    /// <summary>The speed is measured; where nobody would notice it, weights are only stored as integers.</summary>
    Measured,

    /// <summary>They stay, however fast they are.</summary>
    Kept,

    /// <summary>Weights are only stored as integers, however fast they are.</summary>
    Stored,
}
