using Quantizer.Calibration.Statistics;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Densities;

/// <summary>What quantizing a tensor's values would cost, computed from its statistics alone; behind the function that reads them,
/// where there is only one.</summary>
/// <param name="SquaredError">Sum of squared errors over all values: rounding and clipping.</param>
/// <param name="ClippingError">The part of it that comes from values outside of the range.</param>
/// <param name="SignalEnergy">Sum of squares of the values.</param>
internal readonly record struct ExpectedError(double SquaredError, double ClippingError, double SignalEnergy)
{
    /// <summary>The part of the squared error that comes from rounding values inside of the range.</summary>
    public double RoundingError => Math.Max(SquaredError - ClippingError, 0);

    /// <summary>Signal-to-noise ratio in dB; +infinity where every value is represented exactly.</summary>
    public double SqnrDb => SquaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(SignalEnergy / SquaredError);

    /// <summary>The expected error over all finite values seen; exact but for where in its bin a value lies.</summary>
    public static ExpectedError Of(TensorStatistics statistics, QuantizationParameters parameters) =>
        Of(ValueDensity.From(statistics), parameters);

    internal static ExpectedError Of(ValueDensity density, QuantizationParameters parameters) =>
        density.Behind is { } behind
            ? new(behind.SquaredErrorOf(parameters), behind.ClippingErrorOf(parameters), behind.SignalEnergy)
            : new(SquaredErrorOf(density, parameters), ClippingErrorOf(density, parameters), density.SignalEnergy);

    internal static double SquaredErrorOf(ValueDensity density, QuantizationParameters parameters)
    {
        if (density.Behind is { } behind)
            return behind.SquaredErrorOf(parameters);
        int lowest = parameters.Scheme.QuantizedMin - parameters.ZeroPoint;
        int highest = parameters.Scheme.QuantizedMax - parameters.ZeroPoint;
        return density.SpreadError(parameters.Scale, lowest, highest)
            + PointError(density.Lower, parameters.Scale, lowest, highest)
            + PointError(density.Upper, parameters.Scale, lowest, highest);
    }

    private static double PointError(PointMass point, double scale, int lowest, int highest)
    {
        double steps = point.Value / scale;
        double error = scale * (steps - Math.Clamp(Math.Round(steps, MidpointRounding.ToEven), lowest, highest));
        return point.Count * error * error;
    }

    private static double ClippingErrorOf(ValueDensity density, QuantizationParameters parameters)
    {
        double start = (double)parameters.Scale * (parameters.Scheme.QuantizedMin - parameters.ZeroPoint);
        double end = (double)parameters.Scale * (parameters.Scheme.QuantizedMax - parameters.ZeroPoint);
        double sum = PointClipping(density.Lower, start, end) + PointClipping(density.Upper, start, end);
        ReadOnlySpan<double> edges = density.Edges;
        ReadOnlySpan<double> cumulative = density.Cumulative;
        for (int i = 1; i < edges.Length; i++)
        {
            double count = (cumulative[i] - cumulative[i - 1]) / (edges[i] - edges[i - 1]);
            if (edges[i] > end)
                sum += count * CubeDifference(Math.Max(edges[i - 1], end) - end, edges[i] - end);
            if (edges[i - 1] < start)
                sum += count * CubeDifference(start - Math.Min(edges[i], start), start - edges[i - 1]);
        }
        return sum;
    }

    /// <summary>Integral of x squared from a to b.</summary>
    private static double CubeDifference(double a, double b) => ((b * b * b) - (a * a * a)) / 3;

    private static double PointClipping(PointMass point, double start, double end)
    {
        double error = point.Value - Math.Clamp(point.Value, start, end);
        return point.Count * error * error;
    }
}
