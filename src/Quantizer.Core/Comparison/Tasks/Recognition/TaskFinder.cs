using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Finds out what a network is for. A task that is wrong misleads more than none: what is in doubt is compared as values, and the
/// reason says what --task would do.</summary>
internal static class TaskFinder
{
    /// <exception cref="QuantizationException">The outputs do not allow the task that the user asks for.</exception>
    public static FoundTask Find(TaskEvidence evidence, TaskKind? asked)
    {
        FoundTask found = Told(evidence, asked);
        IReadOnlyList<string> read = found.Task.Outputs;
        if (read.Count == 0)
            return found;
        // Numbers of objects and labels are right or wrong, not near.
        IEnumerable<SeenOutput> others = evidence.Outputs.Where(output =>
            output is { HoldsFractions: true, HoldsWholeNumbers: false, HoldsAnswers: false } && !read.Contains(output.Name)
        );
        return found with { Others = [.. others.Select(output => output.Name)] };
    }

    private static FoundTask Told(TaskEvidence evidence, TaskKind? asked)
    {
        if (asked is TaskKind.Values || evidence.Outputs.Count == 0)
            return Values(evidence.Outputs.Count == 0 ? "no output holds numbers" : "asked for by --task");
        if (asked is { } kind)
            return Asked(kind, evidence);
        List<string> doubts = [];
        foreach (Recognized recognized in TaskTable.AllowedBy(evidence))
        {
            if (recognized.IsSure)
                return new FoundTask(recognized.Task, recognized.Why);
            doubts.Add(TaskTable.Words.WordOf(recognized.Task.Kind));
        }
        string hint = doubts.Count == 0 ? "" : $"; it might be {Or(doubts)}, which --task judges so";
        return Values($"{evidence.First.Text}: nothing tells another task{hint}");
    }

    private static FoundTask Values(string why) => new(new ValuesTask(), why);

    private static FoundTask Asked(TaskKind kind, TaskEvidence evidence)
    {
        string word = TaskTable.Words.WordOf(kind);
        if (TaskTable.Of(kind, evidence) is { } recognized)
            return new FoundTask(recognized.Task, $"asked for by --task; {recognized.Why}");
        string outputs = string.Join(", ", evidence.Outputs.Select(output => output.Text));
        throw new QuantizationException(
            $"The task '{word}' does not fit the outputs that the FP32 model gives for the first sample: found {outputs}. Give another "
                + $"--task, or leave it out: it is then found from the outputs."
        );
    }

    private static string Or(List<string> words) => words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
