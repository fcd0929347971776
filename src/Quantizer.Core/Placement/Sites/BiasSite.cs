namespace Quantizer.Placement.Sites;

/// <summary>A constant bias stored as int32 with the scale of the sum it is added to.</summary>
/// <param name="Node">The node that adds it: the weighted node itself, or an Add behind a MatMul.</param>
/// <param name="Tensor">Null: the node has none, and correction may give it one.</param>
internal sealed record BiasSite(string Node, int Input, string? Tensor);
