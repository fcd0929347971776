using System.Text.Json.Serialization;

namespace Quantizer.Reporting;

/// <summary>How sure the headline is: the 95 % interval of the share (Wilson's) that so many samples tell.</summary>
/// <param name="Samples">Samples that both models answered.</param>
/// <param name="Low">Percent.</param>
/// <param name="High">Percent.</param>
public sealed record CertaintyReport(int Samples, double Low, double High)
{
    /// <summary>What became of the answers whose right one is known; null where none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerChangesReport? AgainstTruth { get; init; }
}

/// <summary>How changed answers changed, and whether that tells the models apart.</summary>
/// <param name="Labelled">Samples whose right answer is known.</param>
/// <param name="RightToWrong">Right in FP32, wrong in INT8.</param>
/// <param name="WrongToRight">Wrong in FP32, right in INT8.</param>
/// <param name="WrongToWrong">Wrong in both, and not the same.</param>
/// <param name="PValue">Of the exact McNemar test: how likely two equally good models differ by so much; 0 to 1.</param>
public sealed record AnswerChangesReport(int Labelled, int RightToWrong, int WrongToRight, int WrongToWrong, double PValue);
