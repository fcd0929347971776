using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Comparison.Tasks.Truths;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Detected objects: the F1 of INT8's against FP32's, and of both against the right ones, at an overlap of a half.</summary>
internal sealed class BoxesTask(BoxHead head, double confidence, TaskTruths truths) : JudgedTask<BoxesTask.Counts>
{
    private readonly TruthBoxes? _truths = truths.Boxes;

    public override TaskKind Kind => TaskKind.Boxes;

    public override IReadOnlyList<string> Outputs => head.Outputs;

    public override bool TakesAnyLength => true;

    public override IReadOnlyList<OutputPart> PartsOf(string output, IReadOnlyList<long> shape) => head.PartsOf(output, shape);

    public override IReadOnlyList<string> Logits => head.Logits;

    protected override Counts? Answer(JudgedSample sample)
    {
        IReadOnlyList<Detection> expected = Decode(sample, output => new HeadOutput(output.Shape, output.Expected)),
            found = Decode(sample, output => new HeadOutput(output.FoundShape, output.Found));
        Detection[] right =
        [
            .. (_truths?.Of(sample.Sample.Name) ?? []).Select(box => new Detection(box.X1, box.Y1, box.X2, box.Y2, 1, box.Label)),
        ];
        return new Counts(
            expected.Count,
            found.Count,
            right.Length,
            DetectionMatching.Matched(found, expected),
            DetectionMatching.Matched(expected, right),
            DetectionMatching.Matched(found, right)
        );
    }

    protected override double Distance(Counts answer) => 1 - F1(answer.Both, answer.Expected, answer.Found);

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        IReadOnlyList<Detection> expected = Decode(sample, output => new HeadOutput(output.Shape, output.Expected)),
            found = Decode(sample, output => new HeadOutput(output.FoundShape, output.Found));
        int right = _truths?.Of(sample.Sample.Name).Count ?? 0;
        return new ShownAnswer(CountText(expected.Count), CountText(found.Count), right == 0 ? null : CountText(right))
        {
            Boxes = head.HasPlaces ? [.. Shown(expected, found, isInt8: false), .. Shown(found, expected, isInt8: true)] : [],
        };
    }

    private static IEnumerable<ShownBox> Shown(IReadOnlyList<Detection> list, IReadOnlyList<Detection> other, bool isInt8) =>
        list.Zip(DetectionMatching.AreMatched(list, other), (box, isMatched) => new ShownBox(box, isInt8, isMatched));

    private static string CountText(int boxes) => boxes == 1 ? "1 box" : $"{boxes} boxes";

    protected override JudgedFigures Total(IReadOnlyList<Counts> answers)
    {
        long expected = answers.Sum(answer => answer.Expected),
            found = answers.Sum(answer => answer.Found),
            right = answers.Sum(answer => answer.Right);
        List<TaskFigure> others = [];
        if (_truths is not null)
        {
            others.Add(
                TaskFigure.OfTruth(
                    "F1 against the right boxes",
                    FigureUnit.Ratio,
                    F1(answers.Sum(answer => answer.ExpectedRight), expected, right),
                    F1(answers.Sum(answer => answer.FoundRight), found, right)
                )
            );
        }

        others.Add(new TaskFigure("Objects found", FigureUnit.Count, expected, found, null));
        // Where neither finds anything, nothing was judged.
        double? between = expected + found == 0 ? null : F1(answers.Sum(answer => answer.Both), expected, found);
        return new JudgedFigures(TaskFigure.OfBoth("F1 between both", FigureUnit.Ratio, between), others)
        {
            Labelled = _truths is null ? 0 : answers.Count(answer => answer.Right > 0),
        };
    }

    /// <summary>Two lists without any object are the same.</summary>
    private static double F1(long matched, long one, long other) => one + other == 0 ? 1 : 2.0 * matched / (one + other);

    private IReadOnlyList<Detection> Decode(JudgedSample sample, Func<JudgedOutput, HeadOutput> values) =>
        head.Decode(head.Outputs.ToDictionary(name => name, name => values(sample.Outputs[name])), confidence);

    internal sealed record Counts(long Expected, long Found, long Right, long Both, long ExpectedRight, long FoundRight) : TaskAnswer;
}
