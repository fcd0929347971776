using Quantizer.Schemes;

namespace Quantizer.Placement.Sites;

/// <summary>Constant integer weights of a node that takes the ranges of its activations in each run.</summary>
/// <param name="Input">The position among the node's inputs.</param>
/// <param name="Axis">The axis of output channels; one scale per index along it (or one for all, when asked for).</param>
internal sealed record DynamicSite(string Node, int Input, string Tensor, int Axis, QuantizationScheme Scheme);
