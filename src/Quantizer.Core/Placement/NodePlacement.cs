namespace Quantizer.Placement;

/// <summary>What becomes of a node.</summary>
/// <param name="IsInteger">True: meant to run on integers, or to disappear into a node that does.</param>
/// <param name="Reason">Why it stays in float; empty for integer nodes.</param>
/// <param name="Macs">Multiply-accumulates of one sample; 0 for nodes that multiply no weights.</param>
public sealed record NodePlacement(string Node, string OpType, bool IsInteger, string Reason, long Macs);
