using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quantizer.Kernels;

/// <summary>The squared error behind a function of which every integer's result is known.</summary>
internal static class MappedErrorKernel
{
    /// <param name="values">In front of the function, finite.</param>
    /// <param name="results">The function of each value.</param>
    /// <param name="counts">How often each value occurs.</param>
    /// <param name="levels">The function of each integer from <paramref name="lowest"/> on, times <paramref name="scale"/>.</param>
    /// <param name="scale">The step.</param>
    /// <param name="lowest">Smallest integer less the zero point; the largest is as many above it as there are levels.</param>
    /// <returns>The sum of squared errors in squared real units.</returns>
    /// <remarks>Four lanes on every machine, so that the sum is the same everywhere.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> results,
        ReadOnlySpan<double> counts,
        ReadOnlySpan<double> levels,
        double scale,
        int lowest
    )
    {
        ref double value = ref MemoryMarshal.GetReference(values);
        ref double result = ref MemoryMarshal.GetReference(results[..values.Length]);
        ref double count = ref MemoryMarshal.GetReference(counts[..values.Length]);
        Vector256<double> step = Vector256.Create(scale);
        Vector256<double> low = Vector256.Create((double)lowest);
        Vector256<double> last = Vector256.Create((double)(levels.Length - 1));
        Vector256<double> sum = Vector256<double>.Zero;
        int vectorised = values.Length - (values.Length % Vector256<double>.Count);
        for (int i = 0; i < vectorised; i += Vector256<double>.Count)
        {
            Vector256<double> steps = Vector256.Round(Vector256.LoadUnsafe(ref value, (nuint)i) / step) - low;
            Vector256<double> places = Vector256.MaxNative(Vector256.MinNative(steps, last), Vector256<double>.Zero);
            Vector256<double> error = Vector256.LoadUnsafe(ref result, (nuint)i) - Looked(levels, places);
            sum += error * error * Vector256.LoadUnsafe(ref count, (nuint)i);
        }
        return Vector256.Sum(sum) + SumScalar(values[vectorised..], results[vectorised..], counts[vectorised..], levels, scale, lowest);
    }

    /// <summary>The plain twin; equal but for the order of the sum.</summary>
    internal static double SumScalar(
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> results,
        ReadOnlySpan<double> counts,
        ReadOnlySpan<double> levels,
        double scale,
        int lowest
    )
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double steps = Math.Round(values[i] / scale, MidpointRounding.ToEven) - lowest;
            double error = results[i] - levels[(int)Math.Clamp(steps, 0, levels.Length - 1)];
            sum += error * error * counts[i];
        }
        return sum;
    }

    /// <param name="levels">Not empty.</param>
    /// <param name="places">Whole numbers, each of a level.</param>
    private static unsafe Vector256<double> Looked(ReadOnlySpan<double> levels, Vector256<double> places)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(
                levels[(int)places.GetElement(0)],
                levels[(int)places.GetElement(1)],
                levels[(int)places.GetElement(2)],
                levels[(int)places.GetElement(3)]
            );
        }
        fixed (double* first = levels)
            return Avx2.GatherVector256(first, Avx.ConvertToVector128Int32(places), sizeof(double));
    }
}
