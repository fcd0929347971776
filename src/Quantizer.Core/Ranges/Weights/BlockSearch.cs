using Quantizer.Placement.Sites;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Weights;

/// <summary>
/// Scale and zero point of least squared error for a block of weights in 4 bits. Asymmetric: the zero point costs an eighth of a bit per
/// weight, and the symmetric grid (zero point 8) is among those that are tried.
/// </summary>
internal static class BlockSearch
{
    /// <summary>With 16 values, clipping more than a third of the range has never paid on trained weights.</summary>
    private const double SmallestShare = 0.66;

    private const int Steps = 17;

    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    public static (float Scale, byte ZeroPoint) Find(ReadOnlySpan<float> block)
    {
        if (WeightRangeSearch.MinMaxThreshold(block) == 0f)
            return (1f, 0);
        float lowest = 0,
            highest = 0;
        foreach (float weight in block)
            (lowest, highest) = (MathF.Min(lowest, weight), MathF.Max(highest, weight));
        (float Scale, byte ZeroPoint) best = default;
        double least = double.PositiveInfinity;
        for (int step = 0; step < Steps; step++)
        {
            double share = 1 - (1 - SmallestShare) * step / (Steps - 1);
            float scale = MathF.Max((float)(((double)highest - lowest) / Blocks.Highest * share), QuantizationParameters.SmallestScale);
            // Between those that clip on one side only.
            int first = Math.Clamp((int)MathF.Floor(Blocks.Highest - highest / scale), 0, Blocks.Highest),
                last = Math.Clamp((int)MathF.Ceiling(-lowest / scale), 0, Blocks.Highest);
            for (int zeroPoint = first; zeroPoint <= last; zeroPoint++)
            {
                double error = WeightRangeSearch.SquaredError(block, scale, -zeroPoint, Blocks.Highest - zeroPoint);
                if (error < least)
                    (best, least) = ((scale, (byte)zeroPoint), error);
            }
        }
        return best;
    }
}
