using System.Text.Json.Serialization;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>What the models were judged by, and how well INT8 does.</summary>
/// <param name="Kind">Found from the outputs, or asked for.</param>
/// <param name="Why">What it was recognized by.</param>
/// <param name="Headline">Between both models, so that it needs no right answers.</param>
/// <param name="Floor">In the headline's unit: below it INT8 changes what users get.</param>
/// <param name="MeetsFloor">Whether the headline keeps it, and no output that the task does not read is useless.</param>
/// <param name="Figures">Further ones, those against right answers first.</param>
/// <param name="GuessedPreparation">The pictures were prepared by a guess, so that these figures prove nothing.</param>
public sealed record TaskReport(
    TaskKind Kind,
    string Why,
    TaskFigure Headline,
    double Floor,
    bool MeetsFloor,
    IReadOnlyList<TaskFigure> Figures,
    bool GuessedPreparation = false
)
{
    /// <summary>The worst output that the task does not read, where it keeps less than 15 dB by the median sample; null: all keep
    /// more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MissedOutput? Missed { get; init; }

    /// <summary>How sure the headline is; null where it is no share of the samples, and in reports of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CertaintyReport? Certainty { get; init; }
}
