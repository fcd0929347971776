using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Class scores at every position of a sequence; for language models also the bits that the next token costs.</summary>
/// <param name="classes">Null: the output holds no scores but the classes themselves.</param>
/// <param name="tokens">The input that holds the tokens that are to be told; null where the classes are no tokens.</param>
internal sealed class PositionsTask(string output, int? classes, string? tokens) : JudgedTask<PositionsTask.Counts>
{
    public override TaskKind Kind => tokens is null ? TaskKind.Positions : TaskKind.Tokens;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Counts? Answer(JudgedSample sample)
    {
        JudgedOutput scores = sample.Outputs[output];
        int[] expected = TopsOf(scores.Expected),
            found = TopsOf(scores.Found);
        IReadOnlyList<ChangedClass> changes = ChangedClass.Between(expected, found);
        long same = expected.Length - changes.Sum(change => change.Count);
        int[] next = tokens is null ? [] : Next(sample.Sample, tokens);
        if (next.Length == 0 || classes is not { } vocabulary)
            return new Counts(expected.Length, same, changes, 0, 0, 0);
        return new Counts(
            expected.Length,
            same,
            changes,
            next.Length,
            TokenBits.Mean(scores.Expected, vocabulary, next) * next.Length,
            TokenBits.Mean(scores.Found, vocabulary, next) * next.Length
        );
    }

    private int[] TopsOf(float[] values) =>
        classes is { } count ? new ClassGrid(count, IsClassFirst: false).TopsOf(values) : [.. values.Select(value => (int)value)];

    protected override double Distance(Counts answer) => Share(answer.Positions - answer.Same, answer.Positions);

    protected override IReadOnlyList<ChangedClass> Changes(Counts answer) => answer.Changes;

    /// <summary>The classes in their order, from a little before the first that differs.</summary>
    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput scores = sample.Outputs[output];
        int[] expected = TopsOf(scores.Expected),
            found = TopsOf(scores.Found);
        int[] changed = [.. expected.Zip(found).Index().Where(pair => pair.Item.First != pair.Item.Second).Select(pair => pair.Index)];
        int first = changed.FirstOrDefault();
        return new ShownAnswer(
            AnswerText.OfClasses(expected, names, first),
            $"{AnswerText.OfClasses(found, names, first)} ({changed.Length} of {expected.Length} {(tokens is null ? "positions" : "tokens")} changed)"
        );
    }

    protected override JudgedFigures Total(IReadOnlyList<Counts> answers)
    {
        TaskFigure same = TaskFigure.OfBoth(
            tokens is null ? "Same class at a position" : "Same next token",
            FigureUnit.Percent,
            Percent(answers.Sum(answer => answer.Same), answers.Sum(answer => answer.Positions))
        );
        long told = answers.Sum(answer => answer.Told);
        return new JudgedFigures(
            same,
            told == 0
                ? []
                :
                [
                    TaskFigure.OfTruth(
                        "Bits per token",
                        FigureUnit.Bits,
                        answers.Sum(answer => answer.ReferenceBits) / told,
                        answers.Sum(answer => answer.OtherBits) / told
                    ),
                ]
        );
    }

    /// <summary>The tokens that follow, of those that count.</summary>
    private static int[] Next(Sample sample, string tokens)
    {
        int[] ids = TokenIds.Of(sample.Inputs[tokens]);
        IEnumerable<int> counted = sample.Mask is { } mask && mask.Length == ids.Length ? ids.Where((_, i) => mask[i]) : ids;
        return [.. counted.Skip(1)];
    }

    /// <param name="Told">Positions whose next token is known.</param>
    internal sealed record Counts(
        long Positions,
        long Same,
        IReadOnlyList<ChangedClass> Changes,
        long Told,
        double ReferenceBits,
        double OtherBits
    ) : TaskAnswer;
}
