namespace Quantizer.Reporting.Benches;

/// <summary>How many times faster the second model is than the first.</summary>
/// <param name="Median">Of the ratios of both in each round.</param>
/// <param name="Low">The lower end of its confidence interval of 95 %.</param>
/// <param name="High">The upper end.</param>
/// <param name="OfMinima">The ratio of the least times.</param>
internal sealed record BenchRatio(double Median, double Low, double High, double OfMinima)
{
    /// <summary>Whether equal speed is outside of the interval.</summary>
    public bool IsClear => Low > 1 || High < 1;
}
