using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Kernels;

/// <summary>
/// The squared error of rounding and clipping, integrated over values that are spread evenly between edges.
/// </summary>
/// <remarks>
/// In units of the scale, u = x / s is replaced by n = clamp(round(u)), with the error d = u - n. Then
/// G(u) = n / 12 + d^3 / 3 is continuous and its derivative is d^2 everywhere: in the middle of the range, where each whole
/// step adds 1/12, and outside of it, where n stays and d grows. A density r between the edges a and b contributes
/// r s^3 (G(b/s) - G(a/s)). Summed over all intervals, each edge counts once, with the density before it less the one
/// after it: half the work.
/// </remarks>
internal static class RoundingErrorKernel
{
    private const double OneTwelfth = 1.0 / 12;
    private const double OneThird = 1.0 / 3;

    /// <param name="edges">Edges in real units.</param>
    /// <param name="weights">For each edge the density (values for each unit) below it less the one above it.</param>
    /// <param name="scale">The step.</param>
    /// <param name="lowest">Smallest integer less the zero point.</param>
    /// <param name="highest">Largest integer less the zero point.</param>
    /// <returns>The sum of squared errors in squared real units.</returns>
    /// <remarks>Four lanes on every machine, so that the sum is the same everywhere.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Integrate(ReadOnlySpan<double> edges, ReadOnlySpan<double> weights, double scale, int lowest, int highest)
    {
        ref double edge = ref MemoryMarshal.GetReference(edges);
        ref double weight = ref MemoryMarshal.GetReference(weights[..edges.Length]);
        Vector256<double> step = Vector256.Create(scale);
        Vector256<double> low = Vector256.Create((double)lowest);
        Vector256<double> high = Vector256.Create((double)highest);
        Vector256<double> sum = Vector256<double>.Zero;
        int vectorised = edges.Length - (edges.Length % Vector256<double>.Count);
        for (int i = 0; i < vectorised; i += Vector256<double>.Count)
        {
            Vector256<double> u = Vector256.LoadUnsafe(ref edge, (nuint)i) / step;
            Vector256<double> n = Vector256.MaxNative(Vector256.MinNative(Vector256.Round(u), high), low);
            Vector256<double> d = u - n;
            Vector256<double> integral = (n * OneTwelfth) + (d * d * d * OneThird);
            sum += integral * Vector256.LoadUnsafe(ref weight, (nuint)i);
        }
        double total = Vector256.Sum(sum) * scale * scale * scale;
        return total + IntegrateScalar(edges[vectorised..], weights[vectorised..], scale, lowest, highest);
    }

    /// <summary>The plain twin; equal but for the order of the sum.</summary>
    internal static double IntegrateScalar(ReadOnlySpan<double> edges, ReadOnlySpan<double> weights, double scale, int lowest, int highest)
    {
        double sum = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            double u = edges[i] / scale;
            double n = Math.Clamp(Math.Round(u, MidpointRounding.ToEven), lowest, highest);
            double d = u - n;
            sum += weights[i] * ((n * OneTwelfth) + (d * d * d * OneThird));
        }
        return sum * scale * scale * scale;
    }
}
