using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Kernels;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Weights;

/// <summary>
/// Thresholds for symmetric weights, found on the values themselves: the weights of one channel, or of a whole tensor.
/// The range is then [-threshold, threshold].
/// </summary>
internal static class WeightRangeSearch
{
    /// <summary>No threshold below an eighth of the largest magnitude is tried: weights have no tails as long as that.</summary>
    private const int Octaves = 3;

    /// <summary>
    /// Values quantized for each power of two of thresholds: short channels get a dense grid, because their error jumps from
    /// one threshold to the next, and long ones a sparse grid, because theirs is smooth.
    /// </summary>
    private const int ValuesPerOctave = 32_768;

    private const int FewestStepsPerOctave = 8;
    private const int MostStepsPerOctave = 128;

    /// <summary>Thresholds tried between the neighbours of the grid's best one.</summary>
    private const int RefiningSteps = 16;

    /// <summary>Longest run that is summed in single precision: sums stay exact to 10^-4 of themselves at least.</summary>
    private const int RunLength = 4096;

    /// <summary>The largest magnitude: nothing is clipped. 0 for a channel of zeros.</summary>
    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    public static float MinMaxThreshold(ReadOnlySpan<float> weights)
    {
        ValueScan scan = ScanKernel.Scan(weights);
        if (scan.HasNonFinite)
        {
            throw new QuantizationException(
                $"Among {weights.Length} weights are NaNs or infinities; weights must be finite to be quantized. Repair the model or "
                    + $"exclude the node."
            );
        }
        return scan.SmallestMagnitude == 0f ? 0f : scan.LargestMagnitude;
    }

    /// <summary>The same where pairs of weights must fit as well.</summary>
    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    public static float MinMaxThreshold(ReadOnlySpan<float> weights, HeavyPairs pairs, QuantizationScheme scheme) =>
        MathF.Max(MinMaxThreshold(weights), pairs.LeastScale * scheme.QuantizedMax);

    /// <summary>The threshold of least squared error, rounding and clipping together. 0 for a channel of zeros.</summary>
    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    public static float SquaredErrorThreshold(ReadOnlySpan<float> weights, HeavyPairs pairs, QuantizationScheme scheme)
    {
        float largest = MinMaxThreshold(weights),
            unclipped = MinMaxThreshold(weights, pairs, scheme);
        if (largest == 0f)
            return 0f;
        int stepsPerOctave = Math.Clamp(ValuesPerOctave / weights.Length, FewestStepsPerOctave, MostStepsPerOctave);
        double best = 1;
        double bestError = double.PositiveInfinity;
        for (int step = 0; step <= Octaves * stepsPerOctave; step++)
        {
            // The further the largest weight is clipped the worse: what is hopeless now stays so.
            if (!Try(weights, Math.Pow(2, -(double)step / stepsPerOctave)))
                break;
        }
        double ratio = Math.Pow(2, 1.0 / stepsPerOctave);
        double low = best / ratio;
        double high = Math.Min(best * ratio, 1);
        for (int step = 1; step < RefiningSteps; step++)
            Try(weights, low + ((high - low) * step / RefiningSteps));
        return (float)(unclipped * best);

        // False where the error of the largest weight alone is too much.
        bool Try(ReadOnlySpan<float> values, double fraction)
        {
            float threshold = (float)(unclipped * fraction);
            float scale = QuantizationParameters.FromRange(new ValueRange(-threshold, threshold), scheme).Scale;
            if (LeastSquaredError(largest, scale, scheme) >= bestError)
                return false;
            double error = SquaredError(values, scale, scheme);
            error += pairs.SquaredError(scale, scheme, bestError - error);
            if (error < bestError)
                (best, bestError) = (fraction, error);
            return true;
        }
    }

    /// <summary>
    /// What <see cref="SquaredError(ReadOnlySpan{float}, float, QuantizationScheme)"/> cannot fall below: the error of
    /// the largest weight alone. It rules out most thresholds, and none that would win: sums of such terms, rounded or not, are
    /// never less than each of them.
    /// </summary>
    internal static double LeastSquaredError(float largest, float scale, QuantizationScheme scheme)
    {
        float steps = largest / scale;
        float error = steps - MathF.Min(MathF.Round(steps, MidpointRounding.ToEven), MathF.Max(scheme.QuantizedMax, -scheme.QuantizedMin));
        float square = error * error;
        // Whole vectors are summed in single precision, the rest in double.
        return Math.Min(square, (double)error * error) * scale * scale;
    }

    /// <summary>Sum of squared errors of quantizing with a scale and zero point 0.</summary>
    internal static double SquaredError(ReadOnlySpan<float> weights, float scale, QuantizationScheme scheme) =>
        SquaredError(weights, scale, scheme.QuantizedMin, scheme.QuantizedMax);

    /// <summary>The same with integers from <paramref name="lowest"/> to <paramref name="highest"/> steps beside zero.</summary>
    internal static double SquaredError(ReadOnlySpan<float> weights, float scale, int lowest, int highest)
    {
        double sum = 0;
        for (int start = 0; start < weights.Length; start += RunLength)
        {
            sum += SquaredErrorInSteps(weights.Slice(start, Math.Min(RunLength, weights.Length - start)), scale, lowest, highest);
        }

        return sum * scale * scale;
    }

    private static double SquaredErrorInSteps(ReadOnlySpan<float> weights, float scale, float lowest, float highest)
    {
        ref float first = ref MemoryMarshal.GetReference(weights);
        Vector256<float> step = Vector256.Create(scale);
        Vector256<float> low = Vector256.Create(lowest);
        Vector256<float> high = Vector256.Create(highest);
        Vector256<float> sum = Vector256<float>.Zero;
        int vectorised = weights.Length - (weights.Length % Vector256<float>.Count);
        for (int i = 0; i < vectorised; i += Vector256<float>.Count)
        {
            Vector256<float> steps = Vector256.LoadUnsafe(ref first, (nuint)i) / step;
            Vector256<float> error = steps - Vector256.MaxNative(Vector256.MinNative(Vector256.Round(steps), high), low);
            sum += error * error;
        }
        double total = Vector256.Sum(sum);
        foreach (float weight in weights[vectorised..])
        {
            float steps = weight / scale;
            float error = steps - Math.Clamp(MathF.Round(steps, MidpointRounding.ToEven), lowest, highest);
            total += (double)error * error;
        }
        return total;
    }
}
