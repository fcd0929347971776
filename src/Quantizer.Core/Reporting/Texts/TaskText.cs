using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting.Texts;

/// <summary>What a comparison was judged by, in words.</summary>
internal static class TaskText
{
    /// <summary>Same top class: 96.10 %, below the floor of 97.00 %</summary>
    public static string Headline(TaskReport task)
    {
        TaskFigure headline = task.Headline;
        string guessed = PreprocessingText.Mark(task.GuessedPreparation);
        if (task.MeetsFloor || task.Missed is not null)
            return $"{headline.Name}: {FigureText.Of(headline.Unit, headline.Between)}{Missed(task.Missed)}{guessed}";
        string below = FigureText.Below(headline.Unit, headline.Between, task.Floor);
        return $"{headline.Name}: {below}, below the floor of {FigureText.Of(headline.Unit, task.Floor)}{guessed}";
    }

    /// <summary>", but output 'points' keeps 3.2 dB, below 15 dB"; empty where all keep enough.</summary>
    public static string Missed(MissedOutput? output) =>
        output is null
            ? ""
            : $", but output '{output.Name}' keeps {FigureText.Below(FigureUnit.Decibels, output.MedianDb, MissedOutput.Floor)}, below {TaskTable.FloorText(TaskKind.Values)}";

    /// <summary>"no: 'points' keeps 3.2 dB", for a cell of a form that was tried.</summary>
    public static string Kept(FloorStep step) =>
        step.MeetsFloor ? "yes"
        : step.Missed is { } output
            ? $"no: '{output.Name}' keeps {FigureText.Below(FigureUnit.Decibels, output.MedianDb, MissedOutput.Floor)}"
        : "no";

    /// <summary>boxes: output0 [1,14,320]: 4 coordinates and 10 scores of 320 cells</summary>
    public static string Kind(TaskReport task) => $"{TaskTable.Words.WordOf(task.Kind)}: {task.Why}";

    /// <summary>Those of each model by itself.</summary>
    public static IEnumerable<TaskFigure> OfBothModels(TaskReport task) =>
        task.Figures.Where(figure => figure is { Fp32: not null, Int8: not null });

    /// <summary>Those between both: same lines 75.00 %; least cosine 0.9710. Empty when there are none.</summary>
    public static string Others(TaskReport task) =>
        string.Join("; ", task.Figures.Where(figure => figure.Between is not null).Select(Other));

    private static string Other(TaskFigure figure) => $"{figure.Name} {FigureText.Of(figure.Unit, figure.Between)}";
}
