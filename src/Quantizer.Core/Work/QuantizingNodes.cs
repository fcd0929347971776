using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>Nodes that stand between the operators of a network: they turn float into integers and back, or hold a constant, and do none
/// of its work.</summary>
internal static class QuantizingNodes
{
    public static bool Include(Node node) => node.OpType is "QuantizeLinear" or "DequantizeLinear" or "DynamicQuantizeLinear" or "Constant";
}
