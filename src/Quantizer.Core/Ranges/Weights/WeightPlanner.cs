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

    /// <summary>Weights that are gathered by channels together: a copy of a large matrix would be as large.</summary>
    private const long ValuesAtOnce = 4L << 20;

    /// <summary>The scale of each output channel, or of the whole tensor, from the weights alone; 0 where all weights are zero.</summary>
    /// <param name="axis">Of the output channels.</param>
    public static float[] Scales(Tensor weights, int axis, QuantizationScheme scheme, WeightOptions options)
    {
        int count = (int)weights.Dimensions[axis];
        long each = count == 0 ? 0 : weights.ElementCount / count;
        (int, int)[] pairs = count == 0 ? [] : [.. scheme.Pairs?.In((int)each) ?? []];
        if (options.Granularity != WeightGranularity.PerChannel)
            return [ScaleOf(weights.Values<float>(), HeavyPairs.In(Channels(weights, axis), pairs), scheme, options.Method)];
        float[] scales = new float[count];
        int atOnce = (int)Math.Clamp(ValuesAtOnce / Math.Max(1, each), RowsAtATime, Math.Max(RowsAtATime, count));
        for (int first = 0; first < count; first += atOnce)
        {
            float[][] channels = Channels(weights, axis, first, Math.Min(atOnce, count - first));
            for (int i = 0; i < channels.Length; i++)
                scales[first + i] = ScaleOf(channels[i], HeavyPairs.In([channels[i]], pairs), scheme, options.Method);
        }
        return scales;
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
    public static float[][] Channels(Tensor weights, int axis) => Channels(weights, axis, first: 0, (int)weights.Dimensions[axis]);

    /// <param name="wanted">So many indices from <paramref name="first"/> on.</param>
    private static float[][] Channels(Tensor weights, int axis, int first, int wanted)
    {
        ReadOnlySpan<float> values = weights.Values<float>();
        int count = (int)weights.Dimensions[axis];
        int inner = (int)weights.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        int outer = values.Length / Math.Max(1, count * inner);
        float[][] channels = new float[wanted][];
        for (int channel = 0; channel < wanted; channel++)
            channels[channel] = new float[outer * inner];
        if (inner == 1)
        {
            Columns(values, count, first, channels);
            return channels;
        }
        // Some rows at a time, so that the lines of memory that a channel's values come from serve its neighbours, too.
        for (int from = 0; from < outer; from += RowsAtATime)
        {
            int to = Math.Min(outer, from + RowsAtATime);
            for (int channel = 0; channel < wanted; channel++)
            {
                for (int row = from; row < to; row++)
                    values.Slice((row * count + first + channel) * inner, inner).CopyTo(channels[channel].AsSpan(row * inner));
            }
        }
        return channels;
    }

    /// <summary>Columns of a matrix. Squares of it at a time, for which the lines of memory on both sides stay at hand.</summary>
    /// <param name="width">Of the matrix.</param>
    private static void Columns(ReadOnlySpan<float> values, int width, int first, float[][] columns)
    {
        const int Side = 16;
        int rows = values.Length / Math.Max(1, width);
        for (int top = 0; top < rows; top += Side)
        {
            int bottom = Math.Min(rows, top + Side);
            for (int left = 0; left < columns.Length; left += Side)
            {
                int right = Math.Min(columns.Length, left + Side);
                for (int column = left; column < right; column++)
                {
                    float[] target = columns[column];
                    for (int row = top; row < bottom; row++)
                        target[row] = values[row * width + first + column];
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
