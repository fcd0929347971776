using Quantizer.Comparison.Tasks.Truths;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Text by CTC: the best class of every position, repetitions once, blanks left out.</summary>
/// <param name="blank">The class that stands for nothing.</param>
internal sealed class TextTask(string output, int classes, int blank, TaskTruths truths) : JudgedTask<TextTask.Counts>
{
    private readonly IReadOnlyList<string>? _characters = truths.Characters?.Of(classes, blank);

    public override TaskKind Kind => TaskKind.Text;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Counts? Answer(JudgedSample sample)
    {
        JudgedOutput scores = sample.Outputs[output];
        int[] expected = Read(scores.Expected),
            found = Read(scores.Found);
        string? truth = _characters is null ? null : truths.Lines?.Of(sample.Sample.Name);
        IReadOnlyList<(int From, int To)> edits = EditDistance.Edits(expected, found, blank);
        return new Counts(
            expected.Length,
            edits.Count,
            truth?.Length ?? 0,
            truth is null ? 0 : EditDistance.Between<char>(truth, TextOf(expected)),
            truth is null ? 0 : EditDistance.Between<char>(truth, TextOf(found)),
            [.. edits.CountBy(edit => edit).Select(edit => new ChangedClass(edit.Key.From, edit.Key.To, edit.Value))]
        );
    }

    protected override double Distance(Counts answer) => (double)answer.Edits / Math.Max(1, answer.Characters);

    protected override IReadOnlyList<ChangedClass> Changes(Counts answer) => answer.Changes;

    /// <summary>Quoted, so that a space is seen; "nothing" where the other model reads a character more.</summary>
    public override string NameOf(int label, ClassNames names) => label == blank ? "nothing" : $"'{LineOf([label])}'";

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput scores = sample.Outputs[output];
        return new ShownAnswer(
            LineOf(Read(scores.Expected)),
            LineOf(Read(scores.Found)),
            _characters is null ? null : truths.Lines?.Of(sample.Sample.Name)
        );
    }

    /// <summary>The text; the numbers of the characters where it is not known which those are.</summary>
    private string LineOf(int[] read) => _characters is null ? string.Join(' ', read) : TextOf(read);

    protected override JudgedFigures Total(IReadOnlyList<Counts> answers)
    {
        long characters = answers.Sum(answer => answer.Characters),
            known = answers.Sum(answer => answer.Known);
        List<TaskFigure> others =
        [
            TaskFigure.OfBoth("Same lines", FigureUnit.Percent, Percent(answers.Count(answer => answer.Edits == 0), answers.Count)),
        ];
        if (known > 0)
        {
            others.Insert(
                0,
                TaskFigure.OfTruth(
                    "Right characters",
                    FigureUnit.Percent,
                    100 - Percent(answers.Sum(answer => answer.ReferenceEdits), known),
                    100 - Percent(answers.Sum(answer => answer.OtherEdits), known)
                )
            );
        }

        // Nothing read by both is nothing lost.
        double kept = 100 - (100.0 * answers.Sum(answer => answer.Edits) / Math.Max(1, characters));
        return new JudgedFigures(TaskFigure.OfBoth("Characters kept", FigureUnit.Percent, kept), others)
        {
            Labelled = answers.Count(answer => answer.Known > 0),
        };
    }

    private int[] Read(ReadOnlySpan<float> scores)
    {
        List<int> read = [];
        int before = blank;
        foreach (int top in new ClassGrid(classes, IsClassFirst: false).TopsOf(scores))
        {
            if (top != blank && top != before)
                read.Add(top);
            before = top;
        }
        return [.. read];
    }

    private string TextOf(int[] read) => string.Concat(read.Select(character => _characters![character]));

    /// <param name="Characters">That FP32 reads.</param>
    /// <param name="Known">Characters of the right text; 0 where it is not known.</param>
    internal sealed record Counts(
        long Characters,
        long Edits,
        long Known,
        long ReferenceEdits,
        long OtherEdits,
        IReadOnlyList<ChangedClass> Changes
    ) : TaskAnswer;
}
