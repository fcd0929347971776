using System.Text.Json.Serialization;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>What became of a network that fell below its task's floor in integers.</summary>
/// <param name="Before">The task's headline figure with everything quantized that gains from it; null where it is no number.</param>
/// <param name="Outcome">The form that the file was written in.</param>
/// <param name="Nodes">Those given back, as the graph names them; none where the whole network was.</param>
/// <param name="Steps">What was tried, in this order.</param>
/// <param name="TimeIsUp">The time for trying ended before a mixture was found.</param>
public sealed record FloorReport(
    double? Before,
    FloorOutcome Outcome,
    IReadOnlyList<string> Nodes,
    IReadOnlyList<FloorStep> Steps,
    bool TimeIsUp = false
)
{
    /// <summary>The output that was useless with everything quantized, where the task does not read it; null: the headline fell below the
    /// floor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MissedOutput? Missed { get; init; }

    /// <summary>Nodes whose weights stay in float wherever the node is not in integers: in 8 bits they do the harm. Weights of other
    /// nodes that are given back are stored as integers, where this or <see cref="Steps"/> say that this keeps the floor.</summary>
    public IReadOnlyList<string> Unstored { get; init; } = [];

    /// <summary>Answers that <see cref="Before"/> lacks to keep the floor, where so few that other samples may well have kept it; 0: the
    /// floor was surely missed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Undecided { get; init; }
}

/// <summary>A form that was tried.</summary>
/// <param name="Nodes">Those given back, as the graph names them; none where the whole network was.</param>
/// <param name="Outcome">What the file would have been.</param>
/// <param name="Headline">The task's headline figure with it, on the samples that steps are judged by.</param>
/// <param name="MeetsFloor">Whether that keeps the floor.</param>
public sealed record FloorStep(IReadOnlyList<string> Nodes, FloorOutcome Outcome, double? Headline, bool MeetsFloor)
{
    /// <summary>As <see cref="TaskReport.Missed"/>, with this form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MissedOutput? Missed { get; init; }
}

/// <summary>What a file holds of a network that fell below its floor.</summary>
public enum FloorOutcome
{
    /// <summary>It was left below its floor, as asked.</summary>
    Left,

    /// <summary>Some nodes were given back to float.</summary>
    PartlyFloat,

    /// <summary>Weights are stored as integers, and all arithmetic is in float.</summary>
    Stored,

    /// <summary>Everything is in float.</summary>
    Float,
}
