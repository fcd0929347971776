namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>One list of class scores: do both models put the same class first, and is it the right one?</summary>
internal sealed class ClassesTask(string output, int classes) : JudgedTask<ClassesTask.Choice>
{
    public override TaskKind Kind => TaskKind.Classes;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Choice? Answer(JudgedSample sample)
    {
        JudgedOutput scores = sample.Outputs[output];
        int? label = sample.Sample.Label is { } known && known < classes && scores.Expected.Length == classes ? known : null;
        return new Choice(
            ClassScores.TopOf(scores.Expected),
            ClassScores.TopOf(scores.Found),
            label,
            label is { } inReference && ClassScores.IsInTop(scores.Expected, inReference),
            label is { } inOther && ClassScores.IsInTop(scores.Found, inOther)
        );
    }

    protected override JudgedFigures Total(IReadOnlyList<Choice> answers)
    {
        int labelled = answers.Count(answer => answer.Label is not null);
        int agreeing = answers.Count(answer => answer.Reference == answer.Other);
        TaskFigure Accuracy(string name, Func<Choice, bool> reference, Func<Choice, bool> other) =>
            TaskFigure.OfTruth(
                name,
                FigureUnit.Percent,
                Percent(answers.Count(reference), labelled),
                Percent(answers.Count(other), labelled)
            );
        List<TaskFigure> others = [];
        if (labelled > 0)
            others.Add(Accuracy(Top1, answer => answer.Label == answer.Reference, answer => answer.Label == answer.Other));
        if (labelled > 0 && classes > ClassScores.Top)
            others.Add(Accuracy(Top5, answer => answer.ReferenceInTop5, answer => answer.OtherInTop5));
        return new JudgedFigures(TaskFigure.OfBoth("Same top class", FigureUnit.Percent, Percent(agreeing, answers.Count)), others)
        {
            Labelled = labelled,
            Chance = 100.0 / classes,
        };
    }

    public const string Top1 = "Top-1 accuracy";
    public const string Top5 = "Top-5 accuracy";

    /// <param name="Label">Null when the data names no class, or one that no score belongs to.</param>
    internal sealed record Choice(int Reference, int Other, int? Label, bool ReferenceInTop5, bool OtherInTop5) : TaskAnswer;
}
