namespace Quantizer.Kernels;

/// <summary>
/// The smallest and the largest non-zero value and how many values equal each. The counts tell a tensor that a Clip
/// saturates (many values exactly at an end, none beyond) from one with a thin tail: to a histogram alone both look
/// like a well filled last bin, up to 1.6 % wide, which is four steps of an 8-bit grid.
/// </summary>
internal readonly record struct ValueExtremes(float Min, long MinCount, float Max, long MaxCount)
{
    /// <summary>No value yet.</summary>
    public static ValueExtremes None => new(float.PositiveInfinity, 0, float.NegativeInfinity, 0);

    public ValueExtremes With(in ValueExtremes other)
    {
        float min = MathF.Min(Min, other.Min);
        float max = MathF.Max(Max, other.Max);
        return new ValueExtremes(
            min,
            (Min == min ? MinCount : 0) + (other.Min == min ? other.MinCount : 0),
            max,
            (Max == max ? MaxCount : 0) + (other.Max == max ? other.MaxCount : 0)
        );
    }

    /// <summary>Adds a scanned span of finite values. Equal values are only counted where the span reaches an extreme.</summary>
    public ValueExtremes With(in ValueScan scan, ReadOnlySpan<float> values)
    {
        if (scan.SmallestMagnitude == 0f)
            return this;
        // Zeros apart: without them, a minimum that is not negative is the smallest magnitude.
        float min = scan.Min < 0f ? scan.Min : scan.SmallestMagnitude;
        float max = scan.Max > 0f ? scan.Max : -scan.SmallestMagnitude;
        long minCount = min <= Min ? ScanKernel.CountEqual(values, min) : 0;
        long maxCount = max >= Max ? ScanKernel.CountEqual(values, max) : 0;
        return With(new ValueExtremes(min, minCount, max, maxCount));
    }
}
