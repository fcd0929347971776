using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Weights;

/// <summary>Chooses the scales of weights and biases.</summary>
internal static class WeightPlanner
{
    /// <summary>
    /// A bias may use half of the int32 range: the other half is left for the products that are added to it
    /// (255 * 127 each, so for sums of up to 33,000 products).
    /// </summary>
    public const double LargestBias = 1 << 30;

    private const int RowsAtATime = 16;

    /// <summary>The scale of each output channel, or of the whole tensor, from the weights alone; 0 where all weights are zero.</summary>
    /// <param name="axis">Of the output channels.</param>
    public static float[] Scales(Tensor weights, int axis, QuantizationScheme scheme, WeightOptions options)
    {
        float[][] channels = Channels(weights, axis);
        (int, int)[] pairs = channels.Length == 0 ? [] : [.. scheme.Pairs?.In(channels[0].Length) ?? []];
        return options.Granularity == WeightGranularity.PerChannel
            ? [.. channels.Select(channel => ScaleOf(channel, HeavyPairs.In([channel], pairs), scheme, options.Method))]
            : [ScaleOf(weights.Values<float>(), HeavyPairs.In(channels, pairs), scheme, options.Method)];
    }

    /// <summary>Scales that a file can hold, of what <see cref="Scales"/> gave.</summary>
    public static float[] Usable(IReadOnlyList<float> scales) =>
        [.. scales.Select(scale => scale == 0f ? 1f : MathF.Max(scale, QuantizationParameters.SmallestScale))];

    /// <param name="weightScales">What <see cref="Scales"/> gave.</param>
    /// <param name="activationScale">The scale of the activation that the weights are multiplied with.</param>
    /// <param name="bias">One value per output channel; null where there is none yet.</param>
    public static WeightPlan Plan(WeightSite site, IReadOnlyList<float> weightScales, float activationScale, Tensor? bias)
    {
        float[] scales = [.. weightScales];
        bool isInFloat = site.Bias?.IsInProduct == true;
        ReadOnlySpan<float> values = bias is null || isInFloat ? [] : bias.Values<float>();
        for (int channel = 0; channel < values.Length; channel++)
        {
            int at = scales.Length > 1 ? channel : 0;
            // A channel of tiny weights has a tiny scale, in which its bias overflows: a coarser scale costs nothing there.
            // One of zeros takes the scale that is finest for its bias.
            float needed = (float)(Math.Abs(values[channel]) / (activationScale * LargestBias));
            scales[at] = MathF.Max(scales[at], needed);
        }
        scales = Usable(scales);
        bool hasSteps = !isInFloat && (bias is not null || site.Bias is not null);
        return new WeightPlan(site, scales, hasSteps ? [.. scales.Select(scale => activationScale * scale)] : []);
    }

    /// <summary>The values of each index along an axis.</summary>
    public static float[][] Channels(Tensor weights, int axis)
    {
        ReadOnlySpan<float> values = weights.Values<float>();
        int count = (int)weights.Dimensions[axis];
        int inner = (int)weights.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        int outer = values.Length / Math.Max(1, count * inner);
        float[][] channels = new float[count][];
        for (int channel = 0; channel < count; channel++)
            channels[channel] = new float[outer * inner];
        if (inner == 1)
        {
            Columns(values, channels);
            return channels;
        }
        // Some rows at a time, so that the lines of memory that a channel's values come from serve its neighbours, too.
        for (int from = 0; from < outer; from += RowsAtATime)
        {
            int to = Math.Min(outer, from + RowsAtATime);
            for (int channel = 0; channel < count; channel++)
            {
                for (int row = from; row < to; row++)
                    values.Slice((row * count + channel) * inner, inner).CopyTo(channels[channel].AsSpan(row * inner));
            }
        }
        return channels;
    }

    /// <summary>A matrix, transposed. Squares of it at a time, for which the lines of memory on both sides stay at hand.</summary>
    private static void Columns(ReadOnlySpan<float> values, float[][] columns)
    {
        const int Side = 16;
        int count = columns.Length,
            rows = values.Length / Math.Max(1, count);
        for (int top = 0; top < rows; top += Side)
        {
            int bottom = Math.Min(rows, top + Side);
            for (int left = 0; left < count; left += Side)
            {
                int right = Math.Min(count, left + Side);
                for (int column = left; column < right; column++)
                {
                    float[] target = columns[column];
                    for (int row = top; row < bottom; row++)
                        target[row] = values[row * count + column];
                }
            }
        }
    }

    private static float ScaleOf(ReadOnlySpan<float> values, HeavyPairs pairs, QuantizationScheme scheme, WeightRangeMethod method)
    {
        float threshold = method switch
        {
            WeightRangeMethod.MinMax => WeightRangeSearch.MinMaxThreshold(values, pairs, scheme),
            WeightRangeMethod.SquaredError => WeightRangeSearch.SquaredErrorThreshold(values, pairs, scheme),
            _ => throw new ArgumentOutOfRangeException(
                nameof(method),
                method,
                "Weights are planned with one way of choosing ranges at a time."
            ),
        };
        return threshold == 0f ? 0f : QuantizationParameters.FromRange(new ValueRange(-threshold, threshold), scheme).Scale;
    }
}
