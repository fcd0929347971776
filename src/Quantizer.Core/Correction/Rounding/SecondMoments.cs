using System.Numerics.Tensors;
using Quantizer.Samples;

namespace Quantizer.Correction.Rounding;

/// <summary>The mean products of what the weights of an output channel are multiplied with, around their means.</summary>
internal static class SecondMoments
{
    /// <summary>Rows of the result that one job makes: what is added up stays in the processor's cache.</summary>
    private const int RowsPerJob = 16;

    /// <summary>Floats add up so many products before doubles take over.</summary>
    private const int PlacesPerSum = 512;

    /// <param name="group">Of the input's channels.</param>
    /// <param name="size">Weights of an output channel.</param>
    /// <returns>The lower triangle: in row i the values 0 to i. The same for any number of workers.</returns>
    public static double[][] Of(InputRows inputs, int group, int size, SampleWorkers workers)
    {
        int first = group * size;
        double[] means = MeansOf(inputs, first, size);
        double[][] moments = new double[size][];
        workers.Run(
            (size + RowsPerJob - 1) / RowsPerJob,
            // The longest first: then no worker waits for one.
            job =>
            {
                int end = size - job * RowsPerJob,
                    start = Math.Max(0, end - RowsPerJob);
                for (int i = start; i < end; i++)
                    moments[i] = new double[i + 1];
                Sum(inputs, first, start, moments.AsSpan(start..end));
                for (int i = start; i < end; i++)
                {
                    for (int j = 0; j <= i; j++)
                        moments[i][j] -= means[i] * means[j];
                }
            }
        );
        return moments;
    }

    private static double[] MeansOf(InputRows inputs, int first, int size)
    {
        double[] sums = new double[size];
        foreach (float[] rows in inputs.OfSamples)
        {
            for (int start = first; start < rows.Length; start += inputs.Width)
            {
                for (int i = 0; i < sums.Length; i++)
                    sums[i] += rows[start + i];
            }
        }
        int places = PlacesOf(inputs);
        TensorPrimitives.Divide(sums, places, sums);
        return sums;
    }

    private static void Sum(InputRows inputs, int first, int start, Span<double[]> moments)
    {
        float[][] sums = new float[moments.Length][];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = new float[start + i + 1];
        int added = 0;
        double share = 1.0 / PlacesOf(inputs);
        foreach (float[] rows in inputs.OfSamples)
        {
            for (int at = first; at < rows.Length; at += inputs.Width)
            {
                ReadOnlySpan<float> values = rows.AsSpan(at, start + sums.Length);
                for (int i = 0; i < sums.Length; i++)
                {
                    // Half of what comes from a Relu.
                    if (values[start + i] != 0)
                        TensorPrimitives.MultiplyAdd(values[..(start + i + 1)], values[start + i], sums[i], sums[i]);
                }
                if (++added % PlacesPerSum == 0)
                    Carry(sums, share, moments);
            }
        }
        Carry(sums, share, moments);
    }

    private static void Carry(float[][] sums, double share, Span<double[]> moments)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            for (int j = 0; j < sums[i].Length; j++)
                moments[i][j] += sums[i][j] * share;
            Array.Clear(sums[i]);
        }
    }

    private static int PlacesOf(InputRows inputs) => inputs.OfSamples.Sum(rows => rows.Length) / inputs.Width;
}
