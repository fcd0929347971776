namespace Quantizer.Kernels;

/// <summary>What one pass over a span of floats finds out.</summary>
/// <param name="Min">Smallest value; +infinity for an empty span. Without meaning if there are non-finite values.</param>
/// <param name="Max">Largest value; -infinity for an empty span. Without meaning if there are non-finite values.</param>
/// <param name="Zeros">Values equal to zero, -0.0 included.</param>
/// <param name="SmallestMagnitude">Smallest absolute value that is not zero; 0 when there is none.</param>
/// <param name="HasNonFinite">Whether there are NaNs or infinities.</param>
internal readonly record struct ValueScan(float Min, float Max, long Zeros, float SmallestMagnitude, bool HasNonFinite)
{
    /// <summary>A magnitude's bits, shifted left to drop the sign, at and above which it is infinite or not a number.</summary>
    private const uint DoubledInfinityBits = 0x7F800000u << 1;

    /// <summary>Largest absolute value.</summary>
    public float LargestMagnitude => MathF.Max(-Min, Max);

    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="zeros">Zeros counted.</param>
    /// <param name="smallestDoubled">Minimum of (bits &lt;&lt; 1) - 1 in unsigned arithmetic, which makes zeros the largest.</param>
    /// <param name="largestDoubled">Maximum of bits &lt;&lt; 1.</param>
    internal static ValueScan FromBits(float min, float max, long zeros, uint smallestDoubled, uint largestDoubled) =>
        new(min, max, zeros, BitConverter.UInt32BitsToSingle(unchecked(smallestDoubled + 1) >> 1), largestDoubled >= DoubledInfinityBits);
}
