using System.Globalization;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>One list of class scores: do both models put the same class first, and is it the right one?</summary>
/// <param name="classes">Null: the output holds no scores but the class itself, or the best ones, best first.</param>
/// <param name="order">The class that each of the scores is of; null where they are in the order of the classes.</param>
internal sealed class ClassesTask(string output, int? classes, IReadOnlyList<int>? order = null) : JudgedTask<ClassesTask.Choice>
{
    public override TaskKind Kind => TaskKind.Classes;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Choice? Answer(JudgedSample sample)
    {
        JudgedOutput scores = sample.Outputs[output];
        int? label =
            sample.Sample.Label is { } known && (classes is null || (known < classes && scores.Expected.Length == classes))
                ? PlaceOf(known)
                : null;
        return new Choice(
            TopOf(scores.Expected),
            TopOf(scores.Found),
            label,
            HasTop5 && label is { } inReference && ClassScores.IsInTop(scores.Expected, inReference),
            HasTop5 && label is { } inOther && ClassScores.IsInTop(scores.Found, inOther)
        );
    }

    private int PlaceOf(int label) => order is null ? label : Enumerable.Range(0, order.Count).First(place => order[place] == label);

    private bool HasTop5 => classes > ClassScores.Top;

    private int TopOf(float[] values) => classes is null ? (int)values[0] : ClassScores.TopOf(values);

    protected override double Distance(Choice answer) => answer.Reference == answer.Other ? 0 : 1;

    protected override IReadOnlyList<ChangedClass> Changes(Choice answer) =>
        ChangedClass.Between([ClassAt(answer.Reference)], [ClassAt(answer.Other)]);

    private int ClassAt(int place) => order is null ? place : order[place];

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput scores = sample.Outputs[output];
        return new ShownAnswer(
            TextOf(scores.Expected, names),
            TextOf(scores.Found, names),
            sample.Sample.Label is { } label ? names.Of(label) : null
        );
    }

    /// <summary>"cat, 87.2 %", or "cat, score 7.31" where scores are no probabilities.</summary>
    private string TextOf(float[] scores, ClassNames names)
    {
        int top = TopOf(scores);
        if (classes is null)
            return names.Of(top);
        bool areProbabilities = new ClassGrid(scores.Length, IsClassFirst: false).HoldsProbabilities(scores);
        return areProbabilities
            ? string.Create(CultureInfo.InvariantCulture, $"{names.Of(ClassAt(top))}, {100 * scores[top]:0.0} %")
            : string.Create(CultureInfo.InvariantCulture, $"{names.Of(ClassAt(top))}, score {scores[top]:0.00}");
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
        if (labelled > 0 && HasTop5)
            others.Add(Accuracy(Top5, answer => answer.ReferenceInTop5, answer => answer.OtherInTop5));
        return new JudgedFigures(TaskFigure.OfBoth("Same top class", FigureUnit.Percent, Percent(agreeing, answers.Count)), others)
        {
            Labelled = labelled,
            OnlyAnswer = OnlyAnswer(answers),
            Chance = 100.0 / classes,
            Answers = new PairedAnswers(answers.Count, agreeing)
            {
                Labelled = labelled,
                RightToWrong = answers.Count(answer => answer.Label == answer.Reference && answer.Label != answer.Other),
                WrongToRight = answers.Count(answer => answer.Label == answer.Other && answer.Label != answer.Reference),
                WrongToWrong = answers.Count(answer =>
                    answer.Label is { } label && label != answer.Reference && label != answer.Other && answer.Reference != answer.Other
                ),
            },
        };
    }

    private string? OnlyAnswer(IReadOnlyList<Choice> answers) =>
        answers.Count >= JudgedFigures.FewestAlike && answers.All(answer => answer.Reference == answers[0].Reference)
            ? string.Create(CultureInfo.InvariantCulture, $"class {ClassAt(answers[0].Reference)}")
            : null;

    public const string Top1 = "Top-1 accuracy";
    public const string Top5 = "Top-5 accuracy";

    /// <param name="Label">Null when the data names no class, or one that no score belongs to.</param>
    internal sealed record Choice(int Reference, int Other, int? Label, bool ReferenceInTop5, bool OtherInTop5) : TaskAnswer;
}
