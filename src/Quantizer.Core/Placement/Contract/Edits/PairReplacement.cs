using Quantizer.Graphs;

namespace Quantizer.Placement.Contract.Edits;

/// <summary>What stands behind a quantized tensor instead of one QuantizeLinear and one DequantizeLinear.</summary>
internal abstract record PairReplacement(string Tensor)
{
    /// <summary>Makes the nodes, in order, and points the tensor's integer readers at the last one's output.</summary>
    /// <param name="made">The name that the tensor is made under.</param>
    public abstract IReadOnlyList<Node> Write(ITensorWriting writing, string made);
}
