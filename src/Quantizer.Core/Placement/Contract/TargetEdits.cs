using Quantizer.Placement.Contract.Edits;

namespace Quantizer.Placement.Contract;

/// <summary>What a target wants written beside QuantizeLinear and DequantizeLinear.</summary>
/// <param name="Changes">Done first, in this order.</param>
/// <param name="Reads">Inputs that read a quantized tensor in a way of their own.</param>
/// <param name="Pairs">Tensors that have something else than one pair behind them; at most one each.</param>
internal sealed record TargetEdits(
    IReadOnlyList<GraphChange> Changes,
    IReadOnlyList<PrivateRead> Reads,
    IReadOnlyList<PairReplacement> Pairs
)
{
    public static TargetEdits None { get; } = new([], [], []);
}
