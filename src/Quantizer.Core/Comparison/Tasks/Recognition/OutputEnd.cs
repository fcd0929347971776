using Quantizer.Graphs;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Which operator really computes an output.</summary>
internal static class OutputEnd
{
    /// <summary>A bias behind a product, or scale and shift of a normalization that is spelled out.</summary>
    public const string Normalization = "LayerNormalization";

    private static readonly string[] Moving =
    [
        "Identity",
        "Reshape",
        "Transpose",
        "Squeeze",
        "Unsqueeze",
        "Flatten",
        "Cast",
        "Dropout",
        "ZipMap",
    ];
    private static readonly string[] Choosing = ["Slice", "Gather", "Expand", "Tile"];
    private static readonly string[] Products = ["MatMul", "Gemm", "Conv", "ConvTranspose"];

    /// <summary>Its operator type; empty where nothing computes the output.</summary>
    public static string Of(GraphIndex index, string output)
    {
        Node? node = Behind(index, output);
        if (node is null)
            return "";
        // Answers of several levels (the codes of a sound) are put side by side.
        if (node.Is("Concat") && node.Inputs.Select(input => Behind(index, input)?.OpType).Distinct().ToArray() is ["ArgMax" or "ArgMin"])
            return Behind(index, node.Inputs[0])!.OpType;
        if (!node.Is("Add") || Varying(index, node) is not { } varying)
            return node.OpType;
        return Behind(index, varying) switch
        {
            { } product when Products.Contains(product.OpType) => product.OpType,
            { } scale when scale.Is("Mul") && Varying(index, scale) is not null => Normalization,
            _ => node.OpType,
        };
    }

    /// <summary>Whether a part of an operator's values, or some of them several times, are the output.</summary>
    public static bool IsPartOf(GraphIndex index, string output, string opType)
    {
        Node? node = Behind(index, output);
        while (node is not null && Choosing.Contains(node.OpType))
            node = Behind(index, node.Inputs[0]);
        return node is not null && node.Is(opType);
    }

    private static Node? Behind(GraphIndex index, string tensor)
    {
        Node? node = index.ProducerOf(tensor);
        while (node is { Inputs.Count: > 0 } && Moving.Contains(node.OpType))
            node = index.ProducerOf(node.Inputs[0]);
        return node;
    }

    /// <summary>The one input of two that is no constant.</summary>
    private static string? Varying(GraphIndex index, Node node)
    {
        string[] varying = [.. node.Inputs.Where(input => !IsConstant(index, input))];
        return node.Inputs.Count == 2 && varying.Length == 1 ? varying[0] : null;
    }

    private static bool IsConstant(GraphIndex index, string tensor) =>
        index.ConstantOf(tensor) is not null || index.ProducerOf(tensor) is { OpType: "Constant" };
}
