using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Samples;

namespace Quantizer.Correction.Rounding;

/// <summary>
/// The mean products of what the weights of an output channel are multiplied with, around their means or around zero. Each is added up in
/// the order of the places: any number of workers gives the same, on any processor.
/// </summary>
internal static class SecondMoments
{
    /// <summary>Places whose products floats add up, before doubles take over; so many rows stay in the processor's cache.</summary>
    private const int PlacesAtOnce = 128;

    /// <summary>What the registers hold: so many rows of the result by two vectors.</summary>
    private const int BlockRows = 4,
        BlockColumns = 16;

    /// <summary>The later rows of a triangle are longer: smaller parts even out.</summary>
    private const int JobsPerWorker = 3;

    /// <param name="group">Of the input's channels.</param>
    /// <param name="size">Weights of an output channel.</param>
    /// <returns>The lower triangle: in row i the values 0 to i.</returns>
    public static double[][] Of(InputRows inputs, int group, int size, bool aroundMeans, SampleWorkers workers)
    {
        int first = group * size;
        double[][] moments = [.. Enumerable.Range(1, size).Select(length => new double[length])];
        int[] bounds = Bounds(size, workers.Threads == 1 ? 1 : workers.Threads * JobsPerWorker);
        workers.Run(bounds.Length - 1, job => Sum(inputs, first, bounds[job], bounds[job + 1], moments));
        double[] means = aroundMeans ? MeansOf(inputs, first, size) : new double[size];
        double share = 1.0 / inputs.Places;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                moments[i][j] = moments[i][j] * share - means[i] * means[j];
        }
        return moments;
    }

    /// <summary>Rows of parts of the triangle that are much the same work.</summary>
    private static int[] Bounds(int size, int parts) =>
        [
            .. Enumerable
                .Range(0, parts + 1)
                .Select(part => Math.Min(size, (int)Math.Ceiling(size * Math.Sqrt((double)part / parts) / BlockRows) * BlockRows))
                .Distinct(),
        ];

    private static double[] MeansOf(InputRows inputs, int first, int size)
    {
        double[] sums = new double[size];
        float[] ofSample = new float[size];
        foreach (float[] rows in inputs.OfSamples)
        {
            Array.Clear(ofSample);
            for (int start = first; start < rows.Length; start += inputs.Width)
                TensorPrimitives.Add(ofSample, rows.AsSpan(start, size), ofSample);
            for (int i = 0; i < size; i++)
                sums[i] += ofSample[i];
        }
        return [.. sums.Select(sum => sum / inputs.Places)];
    }

    /// <summary>Adds up rows of the triangle over all places.</summary>
    private static void Sum(InputRows inputs, int first, int from, int to, double[][] moments)
    {
        int stride = (to + BlockColumns - 1) / BlockColumns * BlockColumns;
        float[] packed = new float[PlacesAtOnce * stride];
        int filled = 0;
        foreach (float[] rows in inputs.OfSamples)
        {
            for (int at = first; at < rows.Length; at += inputs.Width)
            {
                rows.AsSpan(at, to).CopyTo(packed.AsSpan(filled * stride));
                if (++filled == PlacesAtOnce)
                    Add(packed, ref filled, stride, from, to, moments);
            }
        }
        Add(packed, ref filled, stride, from, to, moments);
    }

    private static void Add(float[] packed, ref int places, int stride, int from, int to, double[][] moments)
    {
        Span<float> sums = stackalloc float[BlockRows * BlockColumns];
        for (int i = from; i < to; i += BlockRows)
        {
            int rows = Math.Min(BlockRows, to - i);
            for (int j = 0; j < i + rows; j += BlockColumns)
            {
                Multiply(packed, places, stride, i, j, sums);
                for (int row = 0; row < rows; row++)
                {
                    Span<double> into = moments[i + row].AsSpan(j, Math.Clamp(i + row + 1 - j, 0, BlockColumns));
                    for (int column = 0; column < into.Length; column++)
                        into[column] += sums[row * BlockColumns + column];
                }
            }
        }
        places = 0;
    }

    /// <summary>The products of four columns of the packed places with sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(float[] packed, int places, int stride, int i, int j, Span<float> sums)
    {
        ref float row = ref MemoryMarshal.GetArrayDataReference(packed);
        Vector256<float> a0 = Vector256<float>.Zero,
            a1 = a0,
            b0 = a0,
            b1 = a0,
            c0 = a0,
            c1 = a0,
            d0 = a0,
            d1 = a0;
        for (int place = 0; place < places; place++)
        {
            Vector256<float> left = Vector256.LoadUnsafe(ref row, (nuint)j),
                right = Vector256.LoadUnsafe(ref row, (nuint)j + 8),
                value = Vector256.Create(Unsafe.Add(ref row, i));
            a0 = Vector256.FusedMultiplyAdd(value, left, a0);
            a1 = Vector256.FusedMultiplyAdd(value, right, a1);
            value = Vector256.Create(Unsafe.Add(ref row, i + 1));
            b0 = Vector256.FusedMultiplyAdd(value, left, b0);
            b1 = Vector256.FusedMultiplyAdd(value, right, b1);
            value = Vector256.Create(Unsafe.Add(ref row, i + 2));
            c0 = Vector256.FusedMultiplyAdd(value, left, c0);
            c1 = Vector256.FusedMultiplyAdd(value, right, c1);
            value = Vector256.Create(Unsafe.Add(ref row, i + 3));
            d0 = Vector256.FusedMultiplyAdd(value, left, d0);
            d1 = Vector256.FusedMultiplyAdd(value, right, d1);
            row = ref Unsafe.Add(ref row, stride);
        }
        ref float sum = ref MemoryMarshal.GetReference(sums);
        a0.StoreUnsafe(ref sum);
        a1.StoreUnsafe(ref sum, 8);
        b0.StoreUnsafe(ref sum, 16);
        b1.StoreUnsafe(ref sum, 24);
        c0.StoreUnsafe(ref sum, 32);
        c1.StoreUnsafe(ref sum, 40);
        d0.StoreUnsafe(ref sum, 48);
        d1.StoreUnsafe(ref sum, 56);
    }
}
