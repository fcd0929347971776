namespace Quantizer.Pictures;

/// <summary>
/// The windows and integer weights of one axis: target position i is the sum over k of
/// <c>Weights[i * Stride + k] * source[Starts[i] + k]</c>, k below <c>Lengths[i]</c>.
/// </summary>
internal sealed class PillowWeights
{
    /// <summary>Fraction bits of a weight: 32 less 8 for the value and 2 for overshoot of negative lobes.</summary>
    public const int FractionBits = 32 - 8 - 2;

    private PillowWeights(int targetSize, int stride)
    {
        Stride = stride;
        Starts = new int[targetSize];
        Lengths = new int[targetSize];
        Weights = new int[targetSize * stride];
    }

    public int Stride { get; }

    public int[] Starts { get; }

    public int[] Lengths { get; }

    public int[] Weights { get; }

    public static PillowWeights For(int sourceSize, int targetSize, PillowFilter filter)
    {
        double scale = (double)sourceSize / targetSize;
        // Shrinking widens the window over all source values (antialiasing); enlarging does not narrow it.
        double filterScale = Math.Max(scale, 1.0);
        double support = filter.Support * filterScale;
        PillowWeights result = new(targetSize, (int)Math.Ceiling(support) * 2 + 1);
        double[] window = new double[result.Stride];
        for (int i = 0; i < targetSize; i++)
        {
            double centre = (i + 0.5) * scale;
            int start = Math.Max((int)(centre - support + 0.5), 0);
            int length = Math.Min((int)(centre + support + 0.5), sourceSize) - start;
            result.Starts[i] = start;
            result.Lengths[i] = length;
            Fill(
                window.AsSpan(0, length),
                start - centre + 0.5,
                1.0 / filterScale,
                filter,
                result.Weights.AsSpan(i * result.Stride, length)
            );
        }
        return result;
    }

    /// <summary>A sum of weighted bytes, begun at one half, as a byte.</summary>
    internal static byte Clip(int sum) => (byte)Math.Clamp(sum >> FractionBits, byte.MinValue, byte.MaxValue);

    private static void Fill(Span<double> window, double offset, double step, PillowFilter filter, Span<int> weights)
    {
        double sum = 0.0;
        for (int k = 0; k < window.Length; k++)
        {
            window[k] = filter.Weight((k + offset) * step);
            sum += window[k];
        }
        for (int k = 0; k < window.Length; k++)
        {
            double weight = sum != 0.0 ? window[k] / sum : window[k];
            // Half away from zero by truncation, as C casts.
            weights[k] = (int)((weight < 0 ? -0.5 : 0.5) + weight * (1 << FractionBits));
        }
    }
}
