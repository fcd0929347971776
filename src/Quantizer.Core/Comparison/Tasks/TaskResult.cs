namespace Quantizer.Comparison.Tasks;

/// <summary>A task with its figures.</summary>
/// <param name="Why">What it was recognized by.</param>
internal sealed record TaskResult(TaskKind Kind, string Why, JudgedFigures Figures)
{
    /// <summary>In the headline's unit: below it INT8 changes what users get.</summary>
    public double Floor => TaskTable.FloorOf(Kind);

    /// <summary>Where nothing could be judged, nothing is missed; a figure that is no number meets no floor.</summary>
    public bool MeetsFloor => Figures.Headline.Between is not { } value || value >= Floor;
}
