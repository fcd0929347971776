using Quantizer.Reporting.Converters;

namespace Quantizer.Reporting.Texts;

/// <summary>What a file holds of a network that fell below its floor, in words.</summary>
internal static class FloorText
{
    /// <summary>"has some nodes in float", behind "the file".</summary>
    public static string FileOf(FloorReport floor, IReadOnlyList<NodeReport> nodes) =>
        IsGivenUp(floor, nodes)
            ? "only stores its weights: the mixture that keeps the floor gained too little time"
            : FloorConverter.Words.MeaningOf(floor.Outcome);

    /// <summary>Whether a mixture that keeps the floor was not worth it in the end, and no node computes in integers.</summary>
    public static bool IsGivenUp(FloorReport floor, IReadOnlyList<NodeReport> nodes) =>
        floor.Outcome == FloorOutcome.PartlyFloat && !nodes.Any(IsInteger);

    private static bool IsInteger(NodeReport node) => node.Decision is NodeDecision.Int8 or NodeDecision.Dynamic;
}
