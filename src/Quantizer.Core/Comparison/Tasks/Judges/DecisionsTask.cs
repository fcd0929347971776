using System.Globalization;

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
        IReadOnlyList<ChangedClass> changes = ChangedClass.Between(DecisionsOf(values.Expected), DecisionsOf(values.Found));
        // Of one value a label says yes (1) or no (0).
        bool isLabelled = values.Expected.Length == 1 && sample.Sample.Label is 0 or 1;
        bool truth = sample.Sample.Label == 1;
        return new Counts(
            values.Expected.Length,
            values.Expected.Length - changes.Sum(change => change.Count),
            DecisionsOf(values.Expected).Sum(),
            changes,
            isLabelled,
            isLabelled && values.Expected[0] > Threshold == truth,
            isLabelled && values.Found[0] > Threshold == truth
        );
    }

    protected override double Distance(Counts answer) => Share(answer.Values - answer.Same, answer.Values);

    /// <summary>No is class 0, yes class 1.</summary>
    protected override IReadOnlyList<ChangedClass> Changes(Counts answer) => answer.Changes;

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput values = sample.Outputs[output];
        int? label = values.Expected.Length == 1 ? sample.Sample.Label : null;
        return new ShownAnswer(TextOf(values.Expected), TextOf(values.Found), label is { } known ? names.Of(known) : null);
    }

    private static int[] DecisionsOf(float[] values) => [.. values.Select(value => value > Threshold ? 1 : 0)];

    /// <summary>"yes, 73.1 %", or which of several values are yes: "yes: 4 7".</summary>
    private static string TextOf(float[] values)
    {
        if (values is [var single])
            return string.Create(CultureInfo.InvariantCulture, $"{(single > Threshold ? "yes" : "no")}, {100 * single:0.0} %");
        int[] yes = [.. DecisionsOf(values).Index().Where(decision => decision.Item == 1).Select(decision => decision.Index)];
        return yes.Length == 0 ? "no" : $"yes: {AnswerText.OfClasses(yes, ClassNames.None)}";
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
        long values = answers.Sum(answer => answer.Values),
            yes = answers.Sum(answer => answer.Yes);
        return new JudgedFigures(same, labelled == 0 ? [] : [right])
        {
            Labelled = labelled,
            OnlyAnswer =
                answers.Count < JudgedFigures.FewestAlike ? null
                : yes == 0 ? "no"
                : yes == values ? "yes"
                : null,
        };
    }

    internal sealed record Counts(
        long Values,
        long Same,
        long Yes,
        IReadOnlyList<ChangedClass> Changes,
        bool IsLabelled,
        bool IsReferenceRight,
        bool IsOtherRight
    ) : TaskAnswer;
}
