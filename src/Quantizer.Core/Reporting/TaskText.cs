using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>What a comparison was judged by, in words.</summary>
internal static class TaskText
{
    /// <summary>Same top class: 96.10 %, below the floor of 97.00 %</summary>
    public static string Headline(TaskReport task)
    {
        TaskFigure headline = task.Headline;
        string floor = task.MeetsFloor ? "" : $", below the floor of {FigureText.Of(headline.Unit, task.Floor)}";
        return $"{headline.Name}: {FigureText.Of(headline.Unit, headline.Between)}{floor}{PreprocessingText.Mark(task.GuessedPreparation)}";
    }

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
