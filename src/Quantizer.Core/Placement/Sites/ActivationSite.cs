using Quantizer.Schemes;

namespace Quantizer.Placement.Sites;

/// <summary>An activation tensor that gets QuantizeLinear and DequantizeLinear.</summary>
/// <param name="Tensor">The tensor, as the normalized graph names it.</param>
/// <param name="Source">The tensor whose values give the scale: itself, the one it is moved from, or what a MaxPool leaves of it.</param>
/// <param name="ForAllReaders">
/// True: its maker is an integer kernel, so every reader takes the dequantized value. False: its maker computes in float, so
/// only integer kernels do.
/// </param>
/// <param name="Joins">
/// The source of the Concat output that this tensor goes into and nowhere else: its values end up in that tensor's scale anyway,
/// so having it from the start saves one rounding, and the Concat only copies. Null: it goes elsewhere.
/// </param>
/// <param name="Bound">The clamp in front of it, which the quantized range must not exceed for the clamp to disappear; null: none.</param>
internal sealed record ActivationSite(
    string Tensor,
    string Source,
    QuantizationScheme Scheme,
    bool ForAllReaders,
    string? Joins,
    ValueRange? Bound
)
{
    /// <summary>The function in float that alone reads it; null: others do.</summary>
    public FunctionBehind? Behind { get; init; }
}
