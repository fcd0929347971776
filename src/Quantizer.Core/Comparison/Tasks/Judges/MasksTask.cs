using System.Globalization;
using Quantizer.Comparison.Tasks.Truths;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>A probability for every pixel, or one for each of several masks: how far do the pixels above the threshold overlap?</summary>
/// <param name="grid">How several masks lie; all of them are counted together.</param>
/// <param name="areLogits">A sigmoid has yet to make probabilities of the values.</param>
/// <param name="threshold">Of a probability.</param>
internal sealed class MasksTask(string output, ClassGrid grid, bool areLogits, double threshold, TaskTruths truths)
    : JudgedTask<MasksTask.Counts>
{
    /// <summary>Detectors of text are read at 0.3; masks of backgrounds hardly change between it and 0.5.</summary>
    public const double UsualThreshold = 0.3;

    private readonly float _threshold = (float)(areLogits ? Math.Log(threshold / (1 - threshold)) : threshold);

    public override TaskKind Kind => TaskKind.Masks;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override IReadOnlyList<string> Logits { get; } = areLogits ? [output] : [];

    protected override Counts? Answer(JudgedSample sample)
    {
        JudgedOutput masks = sample.Outputs[output];
        bool[] expected = Within(masks.Expected),
            found = Within(masks.Found);
        bool[]? truth = truths.Masks?.Of(sample.Sample.Name, expected.Length / grid.Classes) is { } classes ? Right(classes) : null;
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
        double overlap = Overlap.Total([Overlap.Of(Within(masks.Expected), Within(masks.Found))]);
        int[] expected = ShownOf(masks.Expected),
            found = ShownOf(masks.Found);
        IReadOnlyList<long> shape = masks.Shape;
        bool isLast = shape.Count == 4 && !grid.IsClassFirst;
        (int width, int height) = isLast ? ((int)shape[2], (int)shape[1]) : ((int)shape[^1], (int)shape[^2]);
        return new ShownAnswer(AreaText(expected), string.Create(CultureInfo.InvariantCulture, $"{AreaText(found)}, IoU {overlap:0.000}"))
        {
            Fp32Map = new ShownMap(width, height, expected),
            Int8Map = new ShownMap(width, height, found),
        };
    }

    private bool[] Within(float[] values) => [.. values.Select(value => value > _threshold)];

    /// <summary>Of one mask all that is not 0; of several the class of a pixel is its mask, counted from 1.</summary>
    private bool[] Right(byte[] classes) =>
        grid.Classes == 1
            ? [.. classes.Select(value => value != 0)]
            :
            [
                .. Enumerable
                    .Range(0, classes.Length * grid.Classes)
                    .Select(index => classes[grid.PositionOf(index, classes.Length)] == 1 + grid.ClassOf(index, classes.Length)),
            ];

    /// <summary>The mask of each pixel that is surest of it, from 1; 0 where none has it.</summary>
    private int[] ShownOf(float[] values)
    {
        int[] tops = grid.TopsOf(values);
        for (int position = 0; position < tops.Length; position++)
            tops[position] = values[grid.IndexOf(tops[position], position, tops.Length)] > _threshold ? 1 + tops[position] : 0;
        return tops;
    }

    private static string AreaText(int[] shown) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * shown.Count(mask => mask != 0) / shown.Length:0.0} % of the pixels");

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
