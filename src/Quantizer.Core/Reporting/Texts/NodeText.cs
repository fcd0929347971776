namespace Quantizer.Reporting.Texts;

/// <summary>Nodes that compute in float, as reports and the command line tell them.</summary>
internal static class NodeText
{
    public static bool IsInFloat(NodeReport node) => node.Decision is NodeDecision.Float or NodeDecision.Stored;

    /// <summary>"weights stored as int8, arithmetic in float: GRU has no integer kernel"</summary>
    public static string Reason(NodeReport node) =>
        (node.Decision, node.Reason.Length) switch
        {
            (NodeDecision.Stored, 0) => $"weights stored as {node.StoredAs ?? "int8"}, arithmetic in float",
            (NodeDecision.Stored, _) => $"weights stored as {node.StoredAs ?? "int8"}, arithmetic in float: {node.Reason}",
            _ => node.Reason,
        };
}
