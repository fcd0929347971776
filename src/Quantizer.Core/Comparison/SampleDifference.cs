namespace Quantizer.Comparison;

/// <summary>What one sample adds to a comparison. Kept per sample, so that sums do not depend on which worker was faster.</summary>
/// <param name="Outputs">By output; null where the two models gave lists of different lengths.</param>
internal sealed record SampleDifference(OutputSums?[] Outputs, ClassAnswer? Answer);

/// <param name="Signal">Sum of squares of the reference.</param>
/// <param name="Error">Sum of squares of the difference.</param>
/// <param name="Product">Sum of products of both.</param>
/// <param name="Other">Sum of squares of the other output.</param>
internal readonly record struct OutputSums(double Signal, double Error, double Product, double Other)
{
    /// <summary>Where one is longer (a list whose length depends on data), the other counts as zero there.</summary>
    public static OutputSums Of(ReadOnlySpan<float> reference, ReadOnlySpan<float> other)
    {
        double signal = 0, error = 0, product = 0, square = 0;
        for (int i = 0; i < Math.Max(reference.Length, other.Length); i++)
        {
            double r = i < reference.Length ? reference[i] : 0, o = i < other.Length ? other[i] : 0;
            signal += r * r;
            error += (r - o) * (r - o);
            product += r * o;
            square += o * o;
        }
        return new OutputSums(signal, error, product, square);
    }

    public static OutputSums operator +(OutputSums a, OutputSums b) =>
        new(a.Signal + b.Signal, a.Error + b.Error, a.Product + b.Product, a.Other + b.Other);

    public double SqnrDb => Error == 0 ? double.PositiveInfinity : 10 * Math.Log10(Signal / Error);

    public double Cosine => Signal == 0 || Other == 0 ? (Signal == Other ? 1 : 0) : Product / Math.Sqrt(Signal * Other);
}

/// <param name="Label">Null when the data names no class.</param>
internal sealed record ClassAnswer(int Classes, int Reference, int Other, int? Label, bool ReferenceInTop5, bool OtherInTop5);
