namespace Quantizer.Work;

/// <summary>Multiply-accumulates of convolutions and matrix products; null where a size is not known.</summary>
internal static class ProductWork
{
    /// <summary>Weights are [filters, channels / groups, kernel...]: every output value is a sum over all but the first axis.</summary>
    public static long? Convolution(NodeShapes node, int weights) =>
        node.Input(weights) is { } filters && node.Output(0) is { } output
            ? NodeShapes.Product(output) * NodeShapes.Product(filters.Skip(1))
            : null;

    /// <summary>Weights are [channels, filters / groups, kernel...]: every input value goes into all but the first axis.</summary>
    public static long? TransposedConvolution(NodeShapes node, int weights) =>
        node.Input(weights) is { } filters && node.Input(0) is { } input
            ? NodeShapes.Product(input) * NodeShapes.Product(filters.Skip(1))
            : null;

    /// <summary>Every output value is a sum over the axis that both operands share.</summary>
    /// <param name="sharedAxis">That axis of the first operand, counted from its end.</param>
    public static long? Matrix(NodeShapes node, int sharedAxis)
    {
        if (node.Input(0) is not { Count: > 0 } first || node.Output(0) is not { } output)
            return null;
        return NodeShapes.Product(output) * first[Math.Max(0, first.Count - sharedAxis)];
    }

    public static long? MatMul(NodeShapes node) => Matrix(node, sharedAxis: 1);

    public static long? Gemm(NodeShapes node) => Matrix(node, node.Node.IntAttribute("transA", 0) == 0 ? 1 : 2);

    /// <summary>Batch axes may be transposed, too, and then the shared axis is another one.</summary>
    public static long? FusedMatMul(NodeShapes node) =>
        node.Node.IntAttribute("transBatchA", 0) != 0 || node.Node.IntAttribute("transBatchB", 0) != 0 ? null : Gemm(node);

    /// <summary>Weights are packed, so their sizes are attributes.</summary>
    public static long? PackedMatMul(NodeShapes node) =>
        node.Output(0) is { } output && node.Node.IntAttribute("K", 0) is > 0 and long inner ? NodeShapes.Product(output) * inner : null;

    /// <summary>Every step multiplies the input and the state by their weights; the step and the batch are the first axes of the
    /// input.</summary>
    public static long? Recurrent(NodeShapes node)
    {
        if (node.Input(0) is not [var first, var second, _] || node.Input(1) is not { } weights || node.Input(2) is not { } recurrence)
            return null;
        return first * second * (NodeShapes.Product(weights) + NodeShapes.Product(recurrence));
    }
}
