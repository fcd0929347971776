using Quantizer.Execution;
using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Whether an output's numbers move against each other from sample to sample. In training a Softmax lets a score rise only at the
/// cost of others, so that their sum hardly changes; coordinates, latents, prices and other quantities know nothing of each other, or
/// move together.</summary>
internal static class Rivals
{
    /// <summary>With fewer samples numbers may move so by chance.</summary>
    private const int Fewest = 8;

    /// <summary>Of the variance that the sum of independent numbers has. Most classifiers have 0.000001 to 0.6 of it, quantities 1.0 to
    /// 5.0.</summary>
    private const double Independent = 0.9;

    /// <param name="samples">Each gives one list of numbers.</param>
    /// <returns>True also where there are too few of them to tell.</returns>
    /// <exception cref="QuantizationException">The model cannot be run on a sample.</exception>
    public static bool Are(InferenceModel model, IReadOnlyList<Sample> samples, string output, CancellationToken cancellation)
    {
        float[][] values = [.. samples.Select(sample => OutputValues.Floats(model.Run(sample.Inputs, [output], cancellation)[output]))];
        return values.Length < Fewest || values.Any(sample => sample.Length != values[0].Length) || AreIn(values);
    }

    /// <param name="values">By sample and number, as many of each.</param>
    internal static bool AreIn(float[][] values)
    {
        double alone = Enumerable.Range(0, values[0].Length).Sum(number => Variance([.. values.Select(sample => (double)sample[number])]));
        return Variance([.. values.Select(sample => sample.Sum(value => (double)value))]) < Independent * alone;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }
}
