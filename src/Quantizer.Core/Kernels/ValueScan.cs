namespace Quantizer.Kernels;

/// <summary>What one pass over a span of floats finds out.</summary>
/// <param name="Min">Smallest value; +infinity for an empty span. Without meaning if there are non-finite values.</param>
/// <param name="Max">Largest value; -infinity for an empty span. Without meaning if there are non-finite values.</param>
/// <param name="Zeros">Values equal to zero, -0.0 included.</param>
/// <param name="SmallestMagnitude">Smallest absolute value that is not zero; 0 when there is none.</param>
/// <param name="HasNonFinite">Whether there are NaNs or infinities.</param>
internal readonly record struct ValueScan(float Min, float Max, long Zeros, float SmallestMagnitude, bool HasNonFinite)
{
    private const int InfinityBits = 0x7F800000;
    private const uint NegativeZeroBits = 0x80000000;

    /// <summary>Of no values.</summary>
    public static ValueScan Empty => new(float.PositiveInfinity, float.NegativeInfinity, 0, 0f, false);

    /// <summary>Largest absolute value.</summary>
    public float LargestMagnitude => MathF.Max(-Min, Max);

    /// <param name="largest">Largest bits as signed integers: the largest positive value, if there is any.</param>
    /// <param name="mostNegative">Largest bits as unsigned integers: the most negative value, if there is any.</param>
    /// <param name="smallestDoubled">Minimum of (bits &lt;&lt; 1) - 1 in unsigned arithmetic, which makes zeros the largest.</param>
    /// <param name="zeros">Zeros counted.</param>
    internal static ValueScan FromBits(int largest, uint mostNegative, uint smallestDoubled, long zeros)
    {
        float smallest = BitConverter.UInt32BitsToSingle(unchecked(smallestDoubled + 1) >> 1);
        float innermost = zeros > 0 ? 0f : smallest;
        return new ValueScan(
            mostNegative > NegativeZeroBits ? BitConverter.UInt32BitsToSingle(mostNegative) : innermost,
            largest > 0 ? BitConverter.Int32BitsToSingle(largest) : -innermost,
            zeros,
            smallest,
            largest >= InfinityBits || mostNegative >= (NegativeZeroBits | InfinityBits)
        );
    }
}
