using Quantizer.Schemes;

namespace Quantizer.Placement.Sites;

/// <summary>Constant weights stored as integers.</summary>
/// <param name="Node">The node that multiplies by them.</param>
/// <param name="Input">The position among the node's inputs.</param>
/// <param name="Axis">The axis of output channels; one scale per index along it (or one for all, when asked for).</param>
/// <param name="Activation">The quantized tensor they are multiplied with; the bias has the product of both scales.</param>
/// <param name="Bias">Where the bias is added; null: there is none.</param>
internal sealed record WeightSite(
    string Node,
    int Input,
    string Tensor,
    int Axis,
    QuantizationScheme Scheme,
    string Activation,
    BiasSite? Bias
);
