namespace Quantizer.Comparison.Tasks;

/// <summary>The task that a comparison judges by.</summary>
/// <param name="Why">What it was recognized by.</param>
internal sealed record FoundTask(JudgedTask Task, string Why)
{
    /// <summary>Outputs that hold numbers of their own, which the task does not read.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    public TaskKind Kind => Task.Kind;

    /// <summary>One line, for people.</summary>
    public string Text => $"Task: {TaskTable.Words.WordOf(Kind)} ({Why})";
}
