namespace Quantizer.Comparison;

/// <summary>What one sample adds to a comparison. Kept per sample, so that sums do not depend on which worker was faster.</summary>
internal sealed record SampleDifference(OutputSums[] Outputs, ClassAnswer? Answer);

/// <param name="Signal">Sum of squares of the reference.</param>
/// <param name="Error">Sum of squares of the difference.</param>
/// <param name="Product">Sum of products of both.</param>
/// <param name="Other">Sum of squares of the other output.</param>
/// <param name="Values">How many values there were.</param>
internal readonly record struct OutputSums(double Signal, double Error, double Product, double Other, long Values)
{
    public static OutputSums Of(ReadOnlySpan<float> reference, ReadOnlySpan<float> other)
    {
        double signal = 0, error = 0, product = 0, square = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double r = reference[i], o = other[i];
            signal += r * r;
            error += (r - o) * (r - o);
            product += r * o;
            square += o * o;
        }
        return new OutputSums(signal, error, product, square, reference.Length);
    }

    public static OutputSums operator +(OutputSums a, OutputSums b) =>
        new(a.Signal + b.Signal, a.Error + b.Error, a.Product + b.Product, a.Other + b.Other, a.Values + b.Values);

    public double SqnrDb => Error == 0 ? double.PositiveInfinity : 10 * Math.Log10(Signal / Error);

    /// <summary>Root mean square of the reference.</summary>
    public double Rms => Values == 0 ? 0 : Math.Sqrt(Signal / Values);

    public double Cosine => Signal == 0 || Other == 0 ? (Signal == Other ? 1 : 0) : Product / Math.Sqrt(Signal * Other);
}

/// <param name="Label">Null when the data names no class.</param>
/// <param name="IsAsLongAsAnInput">
/// As many scores as an input has values: where no sample has a label, such an output is taken for that input again, as
/// autoencoders give it, and not for classes.
/// </param>
internal sealed record ClassAnswer(int Classes, int Reference, int Other, int? Label, bool ReferenceInTop5, bool OtherInTop5, bool IsAsLongAsAnInput);
