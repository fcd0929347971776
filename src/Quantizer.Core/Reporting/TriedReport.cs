using System.Text.Json.Serialization;

namespace Quantizer.Reporting;

/// <summary>A candidate that a run judged.</summary>
/// <param name="Choice">What it was a candidate for: "ranges", "move", "channel scales", "correction", "form", "float".</param>
/// <param name="Candidate">What was tried: "mse, weights by minmax".</param>
/// <param name="SqnrDb">Signal over error at the outputs, on samples of calibration or, of "float", of the comparison; null where it
/// did not run, was given up as surely worse, or was judged by its speed.</param>
/// <param name="Samples">That it was judged by. Only figures of one choice and of as many samples can be compared.</param>
/// <param name="Taken">Whether it is what its choice came to.</param>
public sealed record TriedReport(string Choice, string Candidate, double? SqnrDb, int Samples, bool Taken)
{
    /// <summary>Of a change of a plan, <see cref="SqnrDb"/> without it, on the same samples; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BeforeDb { get; init; }

    /// <summary>How many times faster than before, where that decided; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Speedup { get; init; }
}
