namespace Quantizer.Reporting.Differences;

/// <summary>A node whose decision, reason or kernel is not the same.</summary>
/// <param name="Before">Null: the first has no such node.</param>
/// <param name="After">Null: the second has no such node.</param>
internal sealed record NodeDifference(string Name, NodeReport? Before, NodeReport? After)
{
    public string OpType => (After ?? Before)!.OpType;
}
