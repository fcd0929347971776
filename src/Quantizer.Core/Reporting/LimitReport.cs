using System.Text.Json.Serialization;

namespace Quantizer.Reporting;

/// <summary>A limit that was asked for, and whether it is kept.</summary>
/// <param name="Name">On the command line, without the dashes: "max-drop".</param>
/// <param name="Figure">What it holds for: "Top-1 accuracy, FP32 minus INT8".</param>
/// <param name="Limit">What was asked, in <paramref name="Unit"/>.</param>
/// <param name="Value">What was found; null where it is not known, and where both models' outputs are identical.</param>
/// <param name="Unit">"points", "percent", "decibels", "ratio", "bits", "times" or "bytes".</param>
/// <param name="Outcome">Whether it is kept.</param>
/// <param name="Message">What was found, what was asked, and by how much it is missed; empty where it is kept.</param>
public sealed record LimitReport(string Name, string Figure, double Limit, double? Value, string Unit, LimitOutcome Outcome, string Message)
{
    /// <summary>The subject of its finding: "--max-drop".</summary>
    [JsonIgnore]
    public string Subject => $"--{Name}";
}

/// <summary>What became of a limit.</summary>
public enum LimitOutcome
{
    /// <summary>The figure keeps it.</summary>
    Passed,

    /// <summary>The figure is beyond it.</summary>
    Missed,

    /// <summary>The figure is not known, or proves nothing, so that the limit is not kept.</summary>
    Unknown,
}
