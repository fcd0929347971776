using Quantizer.Comparison.Tasks;

namespace Quantizer.Limits;

/// <summary>Refuses limits whose figures there will not be, before the work that they would be measured by.</summary>
internal static class LimitChecks
{
    /// <summary>What is wrong whatever the model and the data.</summary>
    /// <exception cref="ArgumentException">A limit is no number that can be meant.</exception>
    public static void Check(LimitOptions options)
    {
        foreach ((LimitRow limit, double asked) in LimitTable.AskedOf(options))
        {
            bool isSensible = limit.Name switch
            {
                LimitTable.MinAgreement => asked is >= 0 and <= 100,
                LimitTable.MaxDrop => asked >= 0 && double.IsFinite(asked),
                LimitTable.MinSpeedup or LimitTable.MaxSize => asked > 0 && double.IsFinite(asked),
                _ => double.IsFinite(asked),
            };
            if (!isSensible)
                throw new ArgumentOutOfRangeException(nameof(options), asked, $"'{limit.Name}' cannot be {asked}.");
        }
        if (options is { MaxBytes: not null, MaxShare: not null })
            throw new ArgumentException("The size has one limit: bytes, or a share of the FP32 file.", nameof(options));
    }

    /// <summary>Limits on answers need answers that mean something.</summary>
    /// <param name="task">Null: there are no data to judge on.</param>
    /// <param name="isTruthKnown">For any sample.</param>
    /// <param name="isGuess">Pictures are prepared by a guess.</param>
    /// <param name="isRandom">The data to judge on are random numbers.</param>
    /// <exception cref="UsageException">A limit's figure will not be there, or prove nothing.</exception>
    public static void RequireFigures(LimitOptions options, FoundTask? task, bool isTruthKnown, bool isGuess, bool isRandom)
    {
        foreach (LimitRow limit in OnAnswers(options))
        {
            if (Obstacle(limit.Name, task, isTruthKnown, isGuess, isRandom) is { } obstacle)
                throw new UsageException($"Option '--{limit.Name}' cannot be judged: {obstacle}");
        }
    }

    /// <summary>Those that rest on what the models answer, and not on their speed and size alone.</summary>
    public static IEnumerable<LimitRow> OnAnswers(LimitOptions options) =>
        LimitTable
            .AskedOf(options)
            .Select(asked => asked.Limit)
            .Where(limit => limit.Name is not (LimitTable.MinSpeedup or LimitTable.MaxSize));

    private static string? Obstacle(string limit, FoundTask? task, bool isTruthKnown, bool isGuess, bool isRandom) =>
        task is null ? "there are no data to compare the models on. Give some with --eval."
        : isRandom ? "figures on random numbers prove nothing. Give data to compare the models on with --eval."
        : isGuess ? "the pictures would be prepared by a guess, and figures would prove nothing. Say how they are prepared (--preset)."
        : limit == LimitTable.MaxDrop && !isTruthKnown
            ? $"no right answers are known. {Truth(task.Kind)} Without them --min-agreement or --min-figure limits how far INT8 is from "
                + "FP32."
        : limit == LimitTable.MinAgreement && !LimitTable.IsShare(TaskTable.UnitOf(task.Kind))
            ? $"the task '{TaskTable.Words.WordOf(task.Kind)}' is not judged by a share of answers. Use --min-figure, which takes its "
                + $"headline in its own unit; its floor is {TaskTable.FloorText(task.Kind)}."
        : null;

    /// <summary>Where right answers of a task come from.</summary>
    private static string Truth(TaskKind kind) =>
        kind switch
        {
            TaskKind.Classes => "Give --labels FILE, or pictures in folders named after their classes.",
            TaskKind.Decisions => "Give labels 0 and 1 with --labels FILE.",
            TaskKind.Boxes => "Give the right boxes with --boxes FILE.",
            TaskKind.Pixels or TaskKind.Masks => "Give the right masks with --masks FOLDER.",
            TaskKind.Pictures => "Give the true pictures with --targets FOLDER.",
            TaskKind.Text => "Give the right texts with --labels FILE and --characters FILE.",
            _ => $"The task '{TaskTable.Words.WordOf(kind)}' has none.",
        };
}
