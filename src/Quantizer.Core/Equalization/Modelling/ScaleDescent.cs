using Quantizer.Equalization.Channels;

namespace Quantizer.Equalization.Modelling;

/// <summary>Finds the scales of least modelled error, by Adam's descent on their logarithms.</summary>
internal static class ScaleDescent
{
    /// <summary>Falls to zero; the sum over all steps spans the scales that are allowed.</summary>
    private const double Rate = 0.1;

    private const double FirstDecay = 0.9,
        SecondDecay = 0.999,
        Tiny = 1e-12;

    private static readonly double Most = ChannelScales.MostOctaves * Math.Log(2);

    /// <param name="start">Natural logarithms by variable; the first stays zero.</param>
    /// <param name="steps">So many of a rate that falls to zero.</param>
    /// <returns>The best that was met.</returns>
    public static double[] Minimize(ErrorModel model, IReadOnlyList<double> start, int steps, CancellationToken cancellation)
    {
        double[] at = [.. start],
            best = [.. start];
        double[] gradient = new double[at.Length],
            first = new double[at.Length],
            second = new double[at.Length];
        double least = double.PositiveInfinity;
        for (int step = 0; step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double value = model.Value(at, gradient);
            if (value < least)
                (least, best) = (value, [.. at]);
            double rate = Rate * (1 - (double)step / steps);
            for (int i = 1; i < at.Length; i++)
            {
                first[i] = FirstDecay * first[i] + (1 - FirstDecay) * gradient[i];
                second[i] = SecondDecay * second[i] + (1 - SecondDecay) * gradient[i] * gradient[i];
                double mean = first[i] / (1 - Math.Pow(FirstDecay, step + 1)),
                    square = second[i] / (1 - Math.Pow(SecondDecay, step + 1));
                at[i] = Math.Clamp(at[i] - rate * mean / (Math.Sqrt(square) + Tiny), -Most, Most);
            }
        }
        return best;
    }
}
