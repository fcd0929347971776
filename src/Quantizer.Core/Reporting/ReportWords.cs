using Quantizer.Choices;

namespace Quantizer.Reporting;

/// <summary>The words for what only reports tell.</summary>
internal static class ReportWords
{
    public static WordTable<NodeDecision> Decisions { get; } =
        new(
            "decision about a node",
            (NodeDecision.Float, "float", "computes in float"),
            (NodeDecision.Int8, "int8", "computes with integers")
        );
}
