using Quantizer.Comparison;
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
/// <param name="Scores">What the values are, if they are not judged as they are.</param>
/// <param name="Classes">Of probabilities: their number; else 0.</param>
/// <param name="Values">Of the FP32 network.</param>
/// <param name="Signal">Sum of their squares.</param>
internal sealed record RecordedPart(
    int Output,
    OutputPart? Part,
    PositionMask? Mask,
    ScoreKind Scores,
    int Classes,
    float[] Values,
    double Signal
)
{
    /// <summary>Values that the network has switched off; null: none.</summary>
    private int[]? _hidden;

    /// <param name="values">Of the whole output.</param>
    /// <param name="scores">What the output holds.</param>
    public static RecordedPart Of(
        int output,
        OutputPart? part,
        IReadOnlyList<long> shape,
        float[] values,
        PositionMask? mask,
        ScoreKind scores = ScoreKind.None
    )
    {
        float[] judged = Judged(part, mask, shape, values);
        bool areProbabilities = scores == ScoreKind.Probabilities && judged.Length == values.Length && LogProbabilities.Hold(shape);
        if (scores == ScoreKind.Probabilities && !areProbabilities)
            scores = ScoreKind.None;
        int classes = areProbabilities ? (int)shape[^1] : 0;
        judged = Shown(scores, classes, judged);
        int[]? hidden = scores == ScoreKind.None ? HiddenScores.In(judged) : null;
        if (hidden is not null)
            judged = HiddenScores.Without(hidden, judged);
        return new RecordedPart(output, part, mask, scores, classes, judged, Energy(judged)) { _hidden = hidden };
    }

    /// <summary>Sum of squared differences. Where the output's length is not the recorded one, what is missing counts as zeros.</summary>
    /// <param name="shape">Of the other network's output.</param>
    /// <param name="values">Of all of it.</param>
    public double ErrorOf(IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        if (Scores == ScoreKind.None && Part is null && Mask is null)
            return ErrorOf(values);
        return Part is not null && shape[Part.Axis] < Part.Start + Part.Length
            ? Signal
            : ErrorOf(Shown(Scores, Classes, Judged(Part, Mask, shape, values.ToArray())));
    }

    private double ErrorOf(ReadOnlySpan<float> other)
    {
        if (_hidden is not null)
            other = HiddenScores.Without(_hidden, other);
        ReadOnlySpan<float> reference = Values;
        if (reference.Length == other.Length)
            return DifferenceSums.Of(reference, other).Error;
        int common = Math.Min(reference.Length, other.Length);
        return DifferenceSums.Of(reference[..common], other[..common]).Error + Energy(reference[common..]) + Energy(other[common..]);
    }

    private static float[] Shown(ScoreKind scores, int classes, float[] values) =>
        scores switch
        {
            ScoreKind.Probabilities => LogProbabilities.Of(values, classes),
            ScoreKind.Logits => ClearLogits.Of(values),
            _ => values,
        };

    private static float[] Judged(OutputPart? part, PositionMask? mask, IReadOnlyList<long> shape, float[] values) =>
        part is not null ? part.Of<float>(values, shape) : mask?.Keep(shape, values) ?? values;

    private static double Energy(ReadOnlySpan<float> values) => DifferenceSums.Of(values, values).Signal;
}
