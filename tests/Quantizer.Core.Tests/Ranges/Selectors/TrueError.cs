using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Selectors;

/// <summary>Errors measured by quantizing real values one by one.</summary>
internal static class TrueError
{
    public static double SqnrDb(ReadOnlySpan<float> values, ValueRange range, QuantizationScheme scheme) =>
        SqnrDb(values, QuantizationParameters.FromRange(range, scheme));

    public static double SqnrDb(ReadOnlySpan<float> values, QuantizationParameters parameters)
    {
        double signal = 0;
        foreach (float value in values)
            signal += (double)value * value;
        return 10 * Math.Log10(signal / SquaredError(values, parameters));
    }

    public static double SquaredError(ReadOnlySpan<float> values, QuantizationParameters parameters)
    {
        double scale = parameters.Scale;
        double lowest = parameters.Scheme.QuantizedMin - parameters.ZeroPoint;
        double highest = parameters.Scheme.QuantizedMax - parameters.ZeroPoint;
        double sum = 0;
        foreach (float value in values)
        {
            double error = value - (scale * Math.Clamp(Math.Round(value / scale, MidpointRounding.ToEven), lowest, highest));
            sum += error * error;
        }
        return sum;
    }

    /// <summary>The best of a fine grid of ranges, in dB. Two free ends: every pair of a coarser grid, then a fine one around the
    /// best.</summary>
    public static double BruteForceSqnrDb(float[] values, QuantizationScheme scheme)
    {
        ValueRange whole = new ValueRange(values.Min(), values.Max()).WithZero;
        if (scheme.IsSymmetric || whole.Min == 0f || whole.Max == 0f)
            return Fractions(0.02, 1, 99).Max(fraction => SqnrDb(values, Shrink(whole, fraction, fraction), scheme));
        (double lower, double upper, _) = Best(values, whole, scheme, Fractions(0.05, 1, 14), Fractions(0.05, 1, 14));
        (lower, upper, _) = Best(values, whole, scheme, Around(lower, 0.06), Around(upper, 0.06));
        return Best(values, whole, scheme, Around(lower, 0.015), Around(upper, 0.015)).SqnrDb;
    }

    private static double[] Fractions(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))];

    private static double[] Around(double center, double distance) =>
        Fractions(Math.Max(center - distance, 0.001), Math.Min(center + distance, 1), 9);

    private static (double Lower, double Upper, double SqnrDb) Best(
        float[] values,
        ValueRange whole,
        QuantizationScheme scheme,
        double[] lowers,
        double[] uppers
    ) =>
        (from lower in lowers from upper in uppers select (lower, upper, SqnrDb(values, Shrink(whole, lower, upper), scheme))).MaxBy(
            candidate => candidate.Item3
        );

    private static ValueRange Shrink(ValueRange whole, double lower, double upper) =>
        new((float)(whole.Min * lower), (float)(whole.Max * upper));
}
