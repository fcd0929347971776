namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>A span of a text, as an answer to a question: scores of where it begins, and of where it ends. Do both models take the same?
/// </summary>
internal sealed class SpansTask(string start, string end) : JudgedTask<SpansTask.Spans>
{
    public override TaskKind Kind => TaskKind.Classes;

    public override IReadOnlyList<string> Outputs { get; } = [start, end];

    protected override Spans? Answer(JudgedSample sample) =>
        new(SpanOf(sample, output => output.Expected), SpanOf(sample, output => output.Found));

    protected override double Distance(Spans answer) => answer.Reference == answer.Other ? 0 : 1;

    public override ShownAnswer Show(JudgedSample sample, ClassNames names) =>
        new(TextOf(SpanOf(sample, output => output.Expected)), TextOf(SpanOf(sample, output => output.Found)));

    protected override JudgedFigures Total(IReadOnlyList<Spans> answers)
    {
        int agreeing = answers.Count(answer => answer.Reference == answer.Other);
        return new JudgedFigures(TaskFigure.OfBoth("Same span", FigureUnit.Percent, Percent(agreeing, answers.Count)), [])
        {
            Answers = new PairedAnswers(answers.Count, agreeing),
        };
    }

    private (int Start, int End) SpanOf(JudgedSample sample, Func<JudgedOutput, float[]> values) =>
        (ClassScores.TopOf(values(sample.Outputs[start])), ClassScores.TopOf(values(sample.Outputs[end])));

    private static string TextOf((int Start, int End) span) => $"{span.Start} to {span.End}";

    /// <summary>First and last position, counted from 0.</summary>
    internal sealed record Spans((int Start, int End) Reference, (int Start, int End) Other) : TaskAnswer;
}
