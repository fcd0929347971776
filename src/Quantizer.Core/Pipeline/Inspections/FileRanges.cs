using Quantizer.Graphs;
using Quantizer.Reporting;

namespace Quantizer.Pipeline.Inspections;

/// <summary>
/// The quantization parameters in a file of any tool, by the tensors that they are of:
/// 1. QuantizeLinear: what it reads; DequantizeLinear: what it reads, if that is a constant;
/// 2. QLinearConv, QLinearMatMul, QLinearAdd and QLinearMul: their second operand and their result;
/// 3. other QLinear operators of one operand: their result.
/// </summary>
internal static class FileRanges
{
    private static readonly HashSet<string> OfTwo = ["QLinearConv", "QLinearMatMul", "QLinearAdd", "QLinearMul"];
    private static readonly HashSet<string> OfOne =
    [
        "QLinearSigmoid",
        "QLinearLeakyRelu",
        "QLinearGlobalAveragePool",
        "QLinearAveragePool",
        "QLinearSoftmax",
    ];

    /// <summary>Each tensor once; of several zero points the first.</summary>
    public static IReadOnlyList<TensorReport> Of(OnnxModel model)
    {
        GraphIndex index = new(model.Graph);
        return [.. model.Graph.Nodes.SelectMany(node => Of(node, index)).OfType<TensorReport>().DistinctBy(tensor => tensor.Name)];
    }

    private static IEnumerable<TensorReport?> Of(Node node, GraphIndex index)
    {
        if (node.OpType is "QuantizeLinear")
        {
            yield return Read(node.Inputs[0], node, scale: 1, index);
        }
        else if (node.OpType is "DequantizeLinear" && index.ConstantOf(node.Inputs[0]) is not null)
        {
            yield return Read(node.Inputs[0], node, scale: 1, index);
        }
        else if (OfTwo.Contains(node.OpType))
        {
            yield return Read(node.Inputs[3], node, scale: 4, index);
            yield return Read(node.Outputs[0], node, scale: 6, index);
        }
        else if (OfOne.Contains(node.OpType))
        {
            yield return Read(node.Outputs[0], node, scale: 3, index);
        }
    }

    /// <param name="scale">The position of the scale among the node's inputs; the zero point stands behind it.</param>
    private static TensorReport? Read(string tensor, Node node, int scale, GraphIndex index)
    {
        if (scale >= node.Inputs.Count || index.ConstantOf(node.Inputs[scale]) is not { Type: ElementType.Float, ElementCount: > 0 } scales)
            return null;
        Tensor? zeroPoints = scale + 1 < node.Inputs.Count ? index.ConstantOf(node.Inputs[scale + 1]) : null;
        ElementType type = zeroPoints?.Type ?? index.ConstantOf(node.Inputs[0])?.Type ?? ElementType.UInt8;
        // Biases follow from what they are added to.
        if (type == ElementType.Int32)
            return null;
        int zeroPoint = zeroPoints is null ? 0 : FirstOf(zeroPoints);
        float[] values = [.. scales.Values<float>()];
        bool isSigned = type == ElementType.Int8;
        int lowest = isSigned ? sbyte.MinValue : byte.MinValue,
            highest = isSigned ? sbyte.MaxValue : byte.MaxValue;
        float largest = values.Max();
        return new TensorReport(
            tensor,
            (lowest - zeroPoint) * largest,
            (highest - zeroPoint) * largest,
            values,
            zeroPoint,
            type.ToString().ToLowerInvariant(),
            "",
            null
        );
    }

    private static int FirstOf(Tensor zeroPoints) =>
        zeroPoints.Type switch
        {
            ElementType.UInt8 when zeroPoints.ElementCount > 0 => zeroPoints.Values<byte>()[0],
            ElementType.Int8 when zeroPoints.ElementCount > 0 => zeroPoints.Values<sbyte>()[0],
            _ => 0,
        };
}
