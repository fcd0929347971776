using Quantizer.Choices;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>The words for what only reports tell.</summary>
internal static class ReportWords
{
    public static WordTable<NodeDecision> Decisions { get; } =
        new(
            "decision about a node",
            (NodeDecision.Float, "float", "computes in float"),
            (NodeDecision.Int8, "int8", "computes with integers"),
            (NodeDecision.Dynamic, "dynamic", "computes with integers in ranges taken in each run"),
            (NodeDecision.Stored, "stored", "computes in float with weights stored as integers")
        );

    public static WordTable<LimitOutcome> Limits { get; } =
        new(
            "outcome of a limit",
            (LimitOutcome.Passed, "passed", "is kept"),
            (LimitOutcome.Missed, "missed", "is not kept"),
            (LimitOutcome.Unknown, "unknown", "cannot be judged")
        );

    public static WordTable<FigureUnit> Units { get; } =
        new(
            "unit of a figure",
            (FigureUnit.Percent, "percent", "is 0 to 100"),
            (FigureUnit.Decibels, "decibels", "is ten times a decimal logarithm"),
            (FigureUnit.Ratio, "ratio", "is 0 to 1"),
            (FigureUnit.Bits, "bits", "is less where it is better"),
            (FigureUnit.Count, "count", "is how many")
        );
}
