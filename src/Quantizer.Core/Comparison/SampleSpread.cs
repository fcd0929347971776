namespace Quantizer.Comparison;

/// <summary>
/// How a figure is spread over the samples. One sample can own a sum: in one trained network one picture of two thousand drives its
/// scores a hundred times higher than the others, and the total says nothing of the rest.
/// </summary>
/// <param name="WorstTenth">A tenth of the samples has less.</param>
internal readonly record struct SampleSpread(double Median, double WorstTenth)
{
    /// <summary>The values at half and at a tenth of the sorted list, rounded down, where no number is less than any; of no values, no
    /// numbers.</summary>
    public static SampleSpread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? new SampleSpread(double.NaN, double.NaN)
            : new SampleSpread(sorted[sorted.Length / 2], sorted[sorted.Length / 10]);
    }
}
