using Quantizer.Comparison.Tasks;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>
/// What plans are judged by in one output of one sample: all of its values, or one of the parts that it joins (the boxes, the scores),
/// without the positions that a mask switches off.
/// </summary>
/// <param name="Output">The output, by number.</param>
/// <param name="Part">Null: the whole output.</param>
/// <param name="Classes">Of probabilities (<see cref="LogProbabilities"/>): their number; else 0.</param>
/// <param name="Values">Of the FP32 network.</param>
/// <param name="Signal">Sum of their squares.</param>
internal sealed record RecordedPart(int Output, OutputPart? Part, PositionMask? Mask, int Classes, float[] Values, double Signal)
{
    /// <param name="values">Of the whole output.</param>
    /// <param name="areProbabilities">A Softmax over the last axis gives them.</param>
    public static RecordedPart Of(
        int output,
        OutputPart? part,
        IReadOnlyList<long> shape,
        float[] values,
        PositionMask? mask,
        bool areProbabilities = false
    )
    {
        float[] judged = Judged(part, mask, shape, values);
        int classes = areProbabilities && judged.Length == values.Length && LogProbabilities.Hold(shape) ? (int)shape[^1] : 0;
        if (classes > 0)
            judged = LogProbabilities.Of(values, classes);
        return new RecordedPart(output, part, mask, classes, judged, Energy(judged));
    }

    /// <summary>Sum of squared differences. Where the output's length is not the recorded one, what is missing counts as zeros.</summary>
    /// <param name="shape">Of the other network's output.</param>
    /// <param name="values">Of all of it.</param>
    public double ErrorOf(IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        if (Classes > 0)
            return ErrorOf(LogProbabilities.Of(values, Classes));
        if (Part is null && Mask is null)
            return ErrorOf(values);
        return Part is not null && shape[Part.Axis] < Part.Start + Part.Length
            ? Signal
            : ErrorOf(Judged(Part, Mask, shape, values.ToArray()));
    }

    private double ErrorOf(ReadOnlySpan<float> other)
    {
        ReadOnlySpan<float> reference = Values;
        if (reference.Length == other.Length)
            return DifferenceSums.Of(reference, other).Error;
        int common = Math.Min(reference.Length, other.Length);
        return DifferenceSums.Of(reference[..common], other[..common]).Error + Energy(reference[common..]) + Energy(other[common..]);
    }

    private static float[] Judged(OutputPart? part, PositionMask? mask, IReadOnlyList<long> shape, float[] values) =>
        part is not null ? part.Of<float>(values, shape) : mask?.Keep(shape, values) ?? values;

    private static double Energy(ReadOnlySpan<float> values) => DifferenceSums.Of(values, values).Signal;
}
