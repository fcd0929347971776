using System.Globalization;
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
        IReadOnlyList<ChangedClass> changes = ChangedClass.Between(expected, found);
        long same = expected.Length - changes.Sum(change => change.Count);
        byte[]? mask = truths.Masks?.Of(sample.Sample.Name, expected.Length);
        return new Counts(
            expected.Length,
            same,
            changes,
            mask is null ? null : ClassOverlap.Of(expected, mask),
            mask is null ? null : ClassOverlap.Of(found, mask)
        );
    }

    protected override double Distance(Counts answer) => Share(answer.Pixels - answer.Same, answer.Pixels);

    protected override IReadOnlyList<ChangedClass> Changes(Counts answer) => answer.Changes;

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput scores = sample.Outputs[output];
        int[] expected = ClassesOf(scores.Expected),
            found = ClassesOf(scores.Found);
        int changed = expected.Zip(found).Count(pair => pair.First != pair.Second);
        (int width, int height) = SizeOf(scores.Shape);
        return new ShownAnswer(
            AnswerText.OfShares(expected, names),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{AnswerText.OfShares(found, names)} ({100.0 * changed / expected.Length:0.##} % of the pixels changed)"
            )
        )
        {
            Fp32Map = new ShownMap(width, height, expected),
            Int8Map = new ShownMap(width, height, found),
        };
    }

    /// <summary>Of one sample: height and width lie behind the classes, or in front of them.</summary>
    private (int Width, int Height) SizeOf(IReadOnlyList<long> shape) =>
        grid is { IsClassFirst: false } ? ((int)shape[^2], (int)shape[^3])
        : grid is null && shape is [1, _, _, 1] ? ((int)shape[2], (int)shape[1])
        : ((int)shape[^1], (int)shape[^2]);

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

    internal sealed record Counts(long Pixels, long Same, IReadOnlyList<ChangedClass> Changes, ClassOverlap? Reference, ClassOverlap? Other)
        : TaskAnswer;
}
