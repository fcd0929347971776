using Quantizer.Schemes;

namespace Quantizer.Placement.Sites;

/// <summary>A constant operand of a combining operator; its integer kernel wants the activations' type.</summary>
internal sealed record ConstantSite(string Node, int Input, string Tensor, QuantizationScheme Scheme);
