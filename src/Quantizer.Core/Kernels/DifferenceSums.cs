using System.Numerics;

namespace Quantizer.Kernels;

/// <summary>How two runs of values differ, as sums that add up over parts.</summary>
/// <param name="Signal">Sum of squares of the reference.</param>
/// <param name="Error">Sum of squares of the difference.</param>
/// <param name="Product">Sum of products of both.</param>
/// <param name="Other">Sum of squares of the other values.</param>
/// <param name="Values">How many values there were.</param>
internal readonly record struct DifferenceSums(double Signal, double Error, double Product, double Other, long Values)
{
    /// <summary>10 log10(signal / error); infinite where nothing differs.</summary>
    public double SqnrDb => Error == 0 ? double.PositiveInfinity : 10 * Math.Log10(Signal / Error);

    /// <summary>Of both as one vector each; two vectors of zeros point the same way.</summary>
    public double Cosine => Signal == 0 || Other == 0 ? (Signal == Other ? 1 : 0) : Product / Math.Sqrt(Signal * Other);

    /// <summary>Root mean square of the reference.</summary>
    public double Rms => Values == 0 ? 0 : Math.Sqrt(Signal / Values);

    /// <summary>Where one is longer (a list whose length depends on data), the other counts as zero there.</summary>
    public static DifferenceSums Of(ReadOnlySpan<float> reference, ReadOnlySpan<float> other) => Sum(reference, other);

    /// <inheritdoc cref="Of(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public static DifferenceSums Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> other) => Sum(reference, other);

    private static DifferenceSums Sum<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double signal = 0,
            error = 0,
            product = 0,
            square = 0;
        for (int i = 0; i < Math.Max(reference.Length, other.Length); i++)
        {
            double r = i < reference.Length ? double.CreateTruncating(reference[i]) : 0,
                o = i < other.Length ? double.CreateTruncating(other[i]) : 0;
            signal += r * r;
            error += (r - o) * (r - o);
            product += r * o;
            square += o * o;
        }
        return new DifferenceSums(signal, error, product, square, reference.Length);
    }

    public static DifferenceSums operator +(DifferenceSums a, DifferenceSums b) =>
        new(a.Signal + b.Signal, a.Error + b.Error, a.Product + b.Product, a.Other + b.Other, a.Values + b.Values);
}
