using System.Text.Json.Serialization;

namespace Quantizer.Reporting;

/// <summary>The samples that the figures stand on.</summary>
/// <param name="Calibration">What ranges were learnt from; null for a comparison of two finished files.</param>
/// <param name="Evaluation">What both models were compared on; null where there were no data.</param>
public sealed record DataReport(CalibrationDataReport? Calibration, EvaluationDataReport? Evaluation);

/// <summary>What ranges were learnt from.</summary>
/// <param name="Samples">How many; 0 where no range had to be learnt.</param>
/// <param name="Skipped">Files that could not be used.</param>
public sealed record CalibrationDataReport(int Samples, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Random numbers stood for data: the ranges prove nothing. Left out of JSON where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Random { get; init; }
}

/// <summary>A file that could not be used.</summary>
/// <param name="File">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedFile(string File, string Reason);

/// <summary>What both models were compared on.</summary>
/// <param name="Samples">How many.</param>
/// <param name="Labelled">Those whose class is known.</param>
/// <param name="HeldOut">False when the figures are on calibration data.</param>
/// <param name="Skipped">Files that could not be used.</param>
public sealed record EvaluationDataReport(int Samples, int Labelled, bool HeldOut, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Random numbers stood for data: the figures prove nothing. Left out of JSON where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Random { get; init; }
}
