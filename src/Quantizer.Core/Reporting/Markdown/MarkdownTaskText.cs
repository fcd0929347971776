using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Markdown;

/// <summary>What the Markdown report says of the task.</summary>
internal static class MarkdownTaskText
{
    public static void WriteHeadline(TaskReport task, TextWriter text)
    {
        text.WriteLine($"**{MarkdownText.Escape(TaskText.Headline(task))}**\n");
        if (task.Certainty is { } certainty)
            WriteCertainty(certainty, text);
        text.WriteLine($"Judged as {MarkdownText.Escape(TaskText.Kind(task))}\n");
    }

    private static void WriteCertainty(CertaintyReport certainty, TextWriter text)
    {
        string changes = certainty.AgainstTruth is { } truth ? $" {CertaintyText.Changes(truth)}: {CertaintyText.Verdict(truth)}." : "";
        text.WriteLine($"{MarkdownText.Escape($"{CertaintyText.Interval(certainty)}.{changes}")}\n");
    }

    /// <summary>Rows of the table of both models.</summary>
    public static void WriteAgainstTruth(TaskReport task, TextWriter text)
    {
        foreach (TaskFigure figure in TaskText.OfBothModels(task))
        {
            (double fp32, double int8) = (figure.Fp32!.Value, figure.Int8!.Value);
            MarkdownText.Row(
                text,
                MarkdownText.Escape(figure.Name),
                FigureText.Of(figure.Unit, fp32),
                FigureText.Of(figure.Unit, int8),
                FigureText.Change(figure.Unit, fp32, int8) + PreprocessingText.Mark(task.GuessedPreparation)
            );
        }
    }

    public static void WriteOthers(TaskReport task, TextWriter text)
    {
        if (TaskText.Others(task) is { Length: > 0 } others)
            text.WriteLine($"{MarkdownText.Escape(others)}.\n");
    }
}
