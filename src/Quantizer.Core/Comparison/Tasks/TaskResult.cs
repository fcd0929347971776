namespace Quantizer.Comparison.Tasks;

/// <summary>A task with its figures.</summary>
/// <param name="Why">What it was recognized by.</param>
internal sealed record TaskResult(TaskKind Kind, string Why, JudgedFigures Figures)
{
    /// <summary>In the headline's unit: below it INT8 changes what users get.</summary>
    public double Floor => TaskTable.FloorOf(Kind);

    /// <summary>How many were judged; 0 where that is not known.</summary>
    public int Samples { get; init; }

    /// <summary>An output that the task does not read and that is useless; null: all keep enough.</summary>
    public MissedOutput? Missed { get; init; }

    public bool MeetsFloor => HeadlineMeetsFloor && Missed is null;

    /// <summary>Where nothing could be judged, nothing is missed; a figure that is no number meets no floor.</summary>
    public bool HeadlineMeetsFloor => Figures.Headline.Between is not { } value || value >= Floor || IsOneSample(value);

    /// <summary>A single answer that differs, of few, says nothing of how often that happens.</summary>
    private bool IsOneSample(double percent) => Kind == TaskKind.Classes && Samples > 0 && (100 - percent) / 100 * Samples < 1.5;
}
