using Quantizer.Comparison.Tasks.Truths;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>A class for every pixel; where masks are known also the mean over the classes of intersection over union.</summary>
/// <param name="grid">Of the scores; null where the output holds the classes themselves.</param>
internal sealed class PixelsTask(string output, ClassGrid? grid, TaskTruths truths) : JudgedTask<PixelsTask.Counts>
{
    public override TaskKind Kind => TaskKind.Pixels;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Counts? Answer(JudgedSample sample)
    {
        JudgedOutput scores = sample.Outputs[output];
        int[] expected = ClassesOf(scores.Expected),
            found = ClassesOf(scores.Found);
        int same = expected.Zip(found).Count(pair => pair.First == pair.Second);
        byte[]? mask = truths.Masks?.Of(sample.Sample.Name, expected.Length);
        return new Counts(
            expected.Length,
            same,
            mask is null ? null : ClassOverlap.Of(expected, mask),
            mask is null ? null : ClassOverlap.Of(found, mask)
        );
    }

    protected override JudgedFigures Total(IReadOnlyList<Counts> answers)
    {
        ClassOverlap[] reference = [.. answers.Select(answer => answer.Reference).OfType<ClassOverlap>()],
            other = [.. answers.Select(answer => answer.Other).OfType<ClassOverlap>()];
        SampleSpread each = SampleSpread.Of(answers.Select(answer => Percent(answer.Same, answer.Pixels)));
        List<TaskFigure> others = [TaskFigure.OfBoth("Worst tenth", FigureUnit.Percent, each.WorstTenth)];
        if (reference.Length > 0)
        {
            others.Insert(
                0,
                TaskFigure.OfTruth("Mean IoU", FigureUnit.Percent, 100 * ClassOverlap.Mean(reference), 100 * ClassOverlap.Mean(other))
            );
        }

        double same = Percent(answers.Sum(answer => answer.Same), answers.Sum(answer => answer.Pixels));
        return new JudgedFigures(TaskFigure.OfBoth("Same class of a pixel", FigureUnit.Percent, same), others)
        {
            Labelled = reference.Length,
        };
    }

    private int[] ClassesOf(float[] values) => grid is { } scores ? scores.TopsOf(values) : [.. values.Select(value => (int)value)];

    internal sealed record Counts(long Pixels, long Same, ClassOverlap? Reference, ClassOverlap? Other) : TaskAnswer;
}
