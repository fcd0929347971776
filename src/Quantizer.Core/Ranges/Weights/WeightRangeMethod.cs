namespace Quantizer.Ranges.Weights;

/// <summary>How the range of a weight channel is chosen.</summary>
public enum WeightRangeMethod
{
    MinMax,
    SquaredError,
}
