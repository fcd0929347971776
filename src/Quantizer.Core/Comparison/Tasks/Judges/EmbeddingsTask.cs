using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>
/// Vectors that are compared with each other: is INT8's like FP32's, and is the nearest other sample still the same? Vectors at every
/// position are averaged over those that count.
/// </summary>
/// <param name="width">Values of a vector.</param>
internal sealed class EmbeddingsTask(string output, int width) : JudgedTask<EmbeddingsTask.Vectors>
{
    /// <summary>Values of both models that are kept for finding neighbours, 256 MiB of them.</summary>
    private const long MostValues = (256L << 20) / sizeof(double);

    public override TaskKind Kind => TaskKind.Embeddings;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Vectors? Answer(JudgedSample sample)
    {
        JudgedOutput vectors = sample.Outputs[output];
        return vectors.Expected.Length == 0 ? null : new Vectors(Pooled(vectors.Expected), Pooled(vectors.Found));
    }

    public override bool IsDiscrete => false;

    protected override double Distance(Vectors answer) => 1 - Dot(answer.Reference, answer.Other);

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput vectors = sample.Outputs[output];
        double cosine = Dot(Pooled(vectors.Expected), Pooled(vectors.Found));
        return new ShownAnswer(ShownAnswer.Reference, string.Create(CultureInfo.InvariantCulture, $"cosine {cosine:0.0000}"));
    }

    protected override JudgedFigures Total(IReadOnlyList<Vectors> answers)
    {
        double[] cosines = [.. answers.Select(answer => Dot(answer.Reference, answer.Other))];
        int most = (int)Math.Min(answers.Count, Math.Max(2, MostValues / (2L * width)));
        List<TaskFigure> others = [];
        if (most > 1)
        {
            double[][] reference = [.. answers.Take(most).Select(answer => answer.Reference)],
                other = [.. answers.Take(most).Select(answer => answer.Other)];
            int same = Enumerable.Range(0, most).Count(i => Nearest(reference, i) == Nearest(other, i));
            string among = most < answers.Count ? $" (of the first {most})" : "";
            others.Add(TaskFigure.OfBoth($"Same nearest neighbour{among}", FigureUnit.Percent, Percent(same, most)));
        }
        if (cosines.Length > 0)
            others.Add(TaskFigure.OfBoth("Least cosine", FigureUnit.Ratio, cosines.Min()));
        double mean = cosines.Length == 0 ? double.NaN : cosines.Average();
        return new JudgedFigures(TaskFigure.OfBoth("Cosine", FigureUnit.Ratio, mean), others);
    }

    /// <summary>The mean over the positions as a vector of length 1; of a vector of zeros, zeros.</summary>
    private double[] Pooled(ReadOnlySpan<float> values)
    {
        double[] sum = new double[width];
        for (int i = 0; i < values.Length; i++)
            sum[i % width] += values[i];
        double length = Math.Sqrt(Dot(sum, sum));
        return length == 0 ? sum : [.. sum.Select(value => value / length)];
    }

    /// <summary>The first of equally near ones.</summary>
    private static int Nearest(double[][] all, int one)
    {
        int nearest = -1;
        double most = double.NegativeInfinity;
        for (int i = 0; i < all.Length; i++)
        {
            if (i != one && Dot(all[one], all[i]) is var dot && dot > most)
                (nearest, most) = (i, dot);
        }
        return nearest;
    }

    /// <summary>In four sums on every processor, so that all find the same.</summary>
    private static double Dot(double[] a, double[] b)
    {
        ReadOnlySpan<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(a),
            right = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        double sum = Vector256.Sum(sums);
        for (int i = left.Length * Vector256<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Of length 1.</summary>
    internal sealed record Vectors(double[] Reference, double[] Other) : TaskAnswer;
}
