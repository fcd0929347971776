using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Correction.Rounding;

/// <summary>The factor L of a matrix L x L^T.</summary>
internal static class Cholesky
{
    /// <param name="matrix">The lower triangle of a symmetric matrix; L takes its place.</param>
    /// <returns>False where the matrix is not positive definite.</returns>
    public static bool TryFactor(double[][] matrix)
    {
        for (int i = 0; i < matrix.Length; i++)
        {
            double[] row = matrix[i];
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - Dot(row, matrix[j], j)) / matrix[j][j];
            double square = row[i] - Dot(row, row, i);
            if (!(square > 0) || !double.IsFinite(square))
                return false;
            row[i] = Math.Sqrt(square);
        }
        return true;
    }

    /// <summary>In lanes of a fixed number, so that the sum is the same on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double[] one, double[] other, int length)
    {
        ref double left = ref MemoryMarshal.GetArrayDataReference(one),
            right = ref MemoryMarshal.GetArrayDataReference(other);
        Vector256<double> a = Vector256<double>.Zero,
            b = a,
            c = a,
            d = a;
        int i = 0;
        for (; i <= length - 16; i += 16)
        {
            a += Vector256.LoadUnsafe(ref left, (nuint)i) * Vector256.LoadUnsafe(ref right, (nuint)i);
            b += Vector256.LoadUnsafe(ref left, (nuint)i + 4) * Vector256.LoadUnsafe(ref right, (nuint)i + 4);
            c += Vector256.LoadUnsafe(ref left, (nuint)i + 8) * Vector256.LoadUnsafe(ref right, (nuint)i + 8);
            d += Vector256.LoadUnsafe(ref left, (nuint)i + 12) * Vector256.LoadUnsafe(ref right, (nuint)i + 12);
        }
        double sum = Vector256.Sum(a + b + (c + d));
        for (; i < length; i++)
            sum += one[i] * other[i];
        return sum;
    }
}
