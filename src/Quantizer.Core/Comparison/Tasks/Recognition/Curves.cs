using Quantizer.Execution;
using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Whether an output's numbers are points of a curve, such as the next hours of a series. A class is no more like those beside it
/// than like any other; the largest of a curve's points says nothing, and changes with every error.</summary>
internal static class Curves
{
    /// <summary>With fewer numbers neighbours may be alike by chance.</summary>
    private const int Fewest = 12;

    /// <summary>Of half the mean square of steps to the variance (von Neumann's ratio): 1 where neighbours have nothing to do with each
    /// other, about 0.5 for classes in the order of a taxonomy, less than 0.1 for a series.</summary>
    private const double Smooth = 0.2;

    /// <exception cref="QuantizationException">The model cannot be run on a sample.</exception>
    public static bool AreSmooth(InferenceModel model, IReadOnlyList<Sample> samples, string output, CancellationToken cancellation)
    {
        double steps = 0,
            variance = 0;
        foreach (Sample sample in samples)
        {
            float[] values = OutputValues.Floats(model.Run(sample.Inputs, [output], cancellation)[output]);
            if (values.Length < Fewest)
                return false;
            (double step, double spread) = Roughness(values);
            steps += step;
            variance += spread;
        }
        return steps < Smooth * variance;
    }

    private static (double Steps, double Variance) Roughness(float[] values)
    {
        double mean = values.Average(value => (double)value);
        double steps = Enumerable.Range(1, values.Length - 1).Sum(i => Square(values[i] - (double)values[i - 1]));
        return (steps / 2 / (values.Length - 1), values.Sum(value => Square(value - mean)) / values.Length);
    }

    private static double Square(double value) => value * value;
}
