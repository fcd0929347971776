namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Probabilities of their own: do both models decide alike at 0.5?</summary>
internal sealed class DecisionsTask(string output) : JudgedTask<DecisionsTask.Counts>
{
    private const float Threshold = 0.5f;

    public override TaskKind Kind => TaskKind.Decisions;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Counts? Answer(JudgedSample sample)
    {
        JudgedOutput values = sample.Outputs[output];
        int same = values.Expected.Zip(values.Found).Count(pair => pair.First > Threshold == pair.Second > Threshold);
        // Of one value a label says yes (1) or no (0).
        bool isLabelled = values.Expected.Length == 1 && sample.Sample.Label is 0 or 1;
        bool truth = sample.Sample.Label == 1;
        return new Counts(
            values.Expected.Length,
            same,
            isLabelled,
            isLabelled && values.Expected[0] > Threshold == truth,
            isLabelled && values.Found[0] > Threshold == truth
        );
    }

    protected override JudgedFigures Total(IReadOnlyList<Counts> answers)
    {
        int labelled = answers.Count(answer => answer.IsLabelled);
        TaskFigure same = TaskFigure.OfBoth(
            "Same decision at 0.5",
            FigureUnit.Percent,
            Percent(answers.Sum(answer => answer.Same), answers.Sum(answer => answer.Values))
        );
        TaskFigure right = TaskFigure.OfTruth(
            "Right decisions",
            FigureUnit.Percent,
            Percent(answers.Count(answer => answer.IsReferenceRight), labelled),
            Percent(answers.Count(answer => answer.IsOtherRight), labelled)
        );
        return new JudgedFigures(same, labelled == 0 ? [] : [right]) { Labelled = labelled };
    }

    internal sealed record Counts(long Values, long Same, bool IsLabelled, bool IsReferenceRight, bool IsOtherRight) : TaskAnswer;
}
