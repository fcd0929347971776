using Quantizer.Placement.Sites;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Weights;

/// <summary>
/// Scale and zero point of least squared error for a block of weights in 4 bits. Asymmetric: the zero point costs an eighth of a bit per
/// weight, and that of symmetric integers (8) is tried like any other.
/// </summary>
internal static class BlockSearch
{
    /// <summary>With 16 values, clipping more than a third of the range has never paid on trained weights.</summary>
    private const double SmallestShare = 0.66;

    private const int Steps = 17;

    /// <summary>After two, integers hardly change any more.</summary>
    private const int Refits = 2;

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
        for (int refit = 0; refit < Refits; refit++)
        {
            (_, byte zeroPoint) = best;
            float scale = Refitted(block, best.Scale, -zeroPoint, Blocks.Highest - zeroPoint);
            double error = WeightRangeSearch.SquaredError(block, scale, -zeroPoint, Blocks.Highest - zeroPoint);
            if (!(error < least))
                break;
            (best, least) = ((scale, zeroPoint), error);
        }
        return best;
    }

    /// <summary>The scale of least squared error for the integers that another scale gives.</summary>
    private static float Refitted(ReadOnlySpan<float> block, float scale, int lowest, int highest)
    {
        double products = 0,
            squares = 0;
        foreach (float weight in block)
        {
            double steps = Math.Clamp(Math.Round(weight / scale, MidpointRounding.ToEven), lowest, highest);
            products += weight * steps;
            squares += steps * steps;
        }
        return squares == 0 ? scale : MathF.Max((float)(products / squares), QuantizationParameters.SmallestScale);
    }
}
