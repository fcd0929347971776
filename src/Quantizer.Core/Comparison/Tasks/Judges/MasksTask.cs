using System.Globalization;
using Quantizer.Comparison.Tasks.Truths;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>One probability for every pixel: how far do the pixels above the threshold overlap?</summary>
internal sealed class MasksTask(string output, double threshold, TaskTruths truths) : JudgedTask<MasksTask.Counts>
{
    /// <summary>Detectors of text are read at 0.3; masks of backgrounds hardly change between it and 0.5.</summary>
    public const double UsualThreshold = 0.3;

    private readonly float _threshold = (float)threshold;

    public override TaskKind Kind => TaskKind.Masks;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Counts? Answer(JudgedSample sample)
    {
        JudgedOutput masks = sample.Outputs[output];
        bool[] expected = [.. masks.Expected.Select(value => value > _threshold)],
            found = [.. masks.Found.Select(value => value > _threshold)];
        bool[]? truth = truths.Masks?.Of(sample.Sample.Name, expected.Length) is { } mask ? [.. mask.Select(value => value != 0)] : null;
        return new Counts(
            Overlap.Of(expected, found),
            truth is null ? null : Overlap.Of(expected, truth),
            truth is null ? null : Overlap.Of(found, truth)
        );
    }

    protected override double Distance(Counts answer) => 1 - Overlap.Total([answer.Between]);

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput masks = sample.Outputs[output];
        int[] expected = ClassesOf(masks.Expected),
            found = ClassesOf(masks.Found);
        double overlap = Overlap.Total([Overlap.Of([.. expected.Select(one => one == 1)], [.. found.Select(one => one == 1)])]);
        IReadOnlyList<long> shape = masks.Shape;
        (int width, int height) = shape is [1, _, _, 1] ? ((int)shape[2], (int)shape[1]) : ((int)shape[^1], (int)shape[^2]);
        return new ShownAnswer(AreaText(expected), string.Create(CultureInfo.InvariantCulture, $"{AreaText(found)}, IoU {overlap:0.000}"))
        {
            Fp32Map = new ShownMap(width, height, expected),
            Int8Map = new ShownMap(width, height, found),
        };
    }

    private int[] ClassesOf(float[] values) => [.. values.Select(value => value > _threshold ? 1 : 0)];

    private static string AreaText(int[] mask) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * mask.Average():0.0} % of the pixels");

    protected override JudgedFigures Total(IReadOnlyList<Counts> answers)
    {
        Overlap[] reference = [.. answers.Select(answer => answer.Reference).OfType<Overlap>()],
            other = [.. answers.Select(answer => answer.Other).OfType<Overlap>()];
        SampleSpread each = SampleSpread.Of(answers.Select(answer => Overlap.Total([answer.Between])));
        List<TaskFigure> others =
        [
            TaskFigure.OfBoth("Median IoU", FigureUnit.Ratio, each.Median),
            TaskFigure.OfBoth("Worst tenth", FigureUnit.Ratio, each.WorstTenth),
        ];
        if (reference.Length > 0)
            others.Insert(0, TaskFigure.OfTruth("IoU with the truth", FigureUnit.Ratio, Overlap.Total(reference), Overlap.Total(other)));
        double all = Overlap.Total(answers.Select(answer => answer.Between));
        return new JudgedFigures(TaskFigure.OfBoth("IoU", FigureUnit.Ratio, all), others) { Labelled = reference.Length };
    }

    internal sealed record Counts(Overlap Between, Overlap? Reference, Overlap? Other) : TaskAnswer;

    /// <summary>Pixels in both masks, and in at least one.</summary>
    internal sealed record Overlap(long Both, long Either)
    {
        public static Overlap Of(bool[] a, bool[] b)
        {
            long both = 0,
                either = 0;
            for (int i = 0; i < a.Length; i++)
            {
                both += a[i] && b[i] ? 1 : 0;
                either += a[i] || b[i] ? 1 : 0;
            }
            return new Overlap(both, either);
        }

        /// <summary>Two empty masks are the same.</summary>
        public static double Total(IEnumerable<Overlap> overlaps)
        {
            (long both, long either) = overlaps.Aggregate((0L, 0L), (sum, one) => (sum.Item1 + one.Both, sum.Item2 + one.Either));
            return either == 0 ? 1 : (double)both / either;
        }
    }
}
