namespace Quantizer.Placement.Sites;

/// <summary>A constant bias that is added to a sum of integers.</summary>
/// <param name="Node">The node that adds it: the weighted node itself, or an Add behind a MatMul.</param>
/// <param name="Tensor">Null: the node has none, and correction may give it one.</param>
internal sealed record BiasSite(string Node, int Input, string? Tensor)
{
    /// <summary>
    /// True where an operator of the runtime's own multiplies and adds it in float, so that the Add disappears; false where it is stored as
    /// int32 with the scale of the sum.
    /// </summary>
    public bool IsInProduct { get; init; }
}
