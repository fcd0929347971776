using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Class scores of pictures as probabilities, and what they say of the preparation that led to them.</summary>
internal static class ClassProbabilities
{
    private const double ProbabilityTolerance = 1e-3;

    /// <summary>
    /// The probabilities of one picture's classes. Scores that are none yet (negative, or not adding up to one) go through
    /// softmax. Null when the tensor is no list of class scores: more than one axis with several values, or values not finite.
    /// </summary>
    public static double[]? Probabilities(TensorValue scores)
    {
        if (scores.Type is not (ElementType.Float or ElementType.Double) || scores.Shape.Count(size => size != 1) != 1)
            return null;
        double[] values =
            scores.Type == ElementType.Double
                ? MemoryMarshal.Cast<byte, double>(scores.Data.Span).ToArray()
                : [.. scores.Floats.ToArray().Select(value => (double)value)];
        if (values.Any(value => !double.IsFinite(value)))
            return null;
        if (values.All(value => value >= 0) && Math.Abs(values.Sum() - 1) < ProbabilityTolerance)
            return values;
        double largest = values.Max();
        double[] powers = [.. values.Select(value => Math.Exp(value - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    /// <summary>
    /// What each picture adds to the mutual information of picture and answer, as a share of its maximum: the distance (Kullback
    /// and Leibler) of its answer from the mean answer, by the logarithm of the classes or, where they are fewer, of the pictures.
    /// The mean is near one for a network that is sure of each picture and of different things; near zero for one sure of a
    /// single class.
    /// </summary>
    public static double[] Information(IReadOnlyList<double[]> probabilities)
    {
        int classes = probabilities[0].Length;
        double[] mean = new double[classes];
        foreach (double[] answer in probabilities)
        {
            for (int i = 0; i < classes; i++)
                mean[i] += answer[i] / probabilities.Count;
        }

        double most = Math.Log(Math.Min(classes, probabilities.Count));
        return [.. probabilities.Select(answer => most > 0 ? Distance(answer, mean) / most : 0)];
    }

    private static double Distance(double[] answer, double[] mean)
    {
        double sum = 0;
        for (int i = 0; i < answer.Length; i++)
        {
            // The mean of probabilities near the smallest numbers rounds to zero.
            if (answer[i] > 0 && mean[i] > 0)
                sum += answer[i] * Math.Log(answer[i] / mean[i]);
        }

        return sum;
    }
}
