namespace Quantizer.Kernels;

/// <summary>
/// Tells the coordinates of points (landmarks of a face, joints of a hand) from other lists of numbers: they take turns, x, y, x, y or
/// x, y, z, and points that follow each other are near each other. So a number is like the one of the point before it, and not like its
/// neighbour. Lists of class scores have no such order.
/// </summary>
internal static class PointTurns
{
    /// <summary>Of two coordinates, or of three, with how visible and how likely the point is.</summary>
    private const int FewestNumbers = 2,
        MostNumbers = 5;

    /// <summary>Fewer are in turns by chance.</summary>
    private const int FewestPoints = 8;

    /// <summary>The correlation with the number of the point before: landmarks of faces and hands have 0.89 to 0.99, also of pictures
    /// that were prepared wrongly or show none, the scores of classifiers no more than 0.25.</summary>
    private const double LeastCorrelation = 0.75;

    /// <summary>By how much it exceeds that with the neighbour: -0.3 to -0.5 in landmarks, much the same in scores and in curves.</summary>
    private const double LeastLead = 0.5;

    /// <summary>Whether a list of numbers holds the coordinates of points, one point after the other.</summary>
    public static bool Holds(ReadOnlySpan<float> values)
    {
        double neighbours = Correlation(values, 1);
        for (int numbers = FewestNumbers; numbers <= MostNumbers; numbers++)
        {
            if (values.Length % numbers != 0 || values.Length / numbers < FewestPoints)
                continue;
            double correlation = Correlation(values, numbers);
            if (correlation >= LeastCorrelation && correlation - neighbours >= LeastLead)
                return true;
        }

        return false;
    }

    /// <summary>Of the values with those <paramref name="lag"/> behind them; 0 where all are the same or some are not finite.</summary>
    private static double Correlation(ReadOnlySpan<float> values, int lag)
    {
        if (values.Length <= lag)
            return 0;
        double mean = 0;
        foreach (float value in values)
            mean += (double)value / values.Length;
        double variance = 0,
            differences = 0;
        for (int i = 0; i < values.Length; i++)
        {
            variance += Square(values[i] - mean) / values.Length;
            if (i >= lag)
                differences += Square((double)values[i] - values[i - lag]) / (values.Length - lag);
        }
        // Also of NaN, which no comparison holds for.
        return variance > 0 && double.IsFinite(variance) ? 1 - (differences / (2 * variance)) : 0;
    }

    private static double Square(double value) => value * value;
}
