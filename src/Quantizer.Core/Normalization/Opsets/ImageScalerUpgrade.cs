using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>
/// ImageScaler, an experimental operator of early exporters that ONNX Runtime knows up to set 9: x * scale + bias[c], written as
/// Mul and Add.
/// </summary>
internal static class ImageScalerUpgrade
{
    public static void Apply(Node node, UpgradeScope scope)
    {
        if (node.Attribute("bias") is not { Value: AttributeValue.FloatList bias })
            throw Refusals.Of(node, "it has no attribute 'bias'");
        float scale = node.FloatAttribute("scale", 1);
        string output = node.Outputs[0];
        node.Attributes.Clear();
        node.OpType = "Mul";
        node.Inputs.Add(scope.AddScalar($"{output}_scale", scale, ElementType.Float));
        node.Outputs[0] = scope.Edit.UniqueTensorName($"{output}_scaled");
        string offsets = scope.Add(Tensor.FromFloats($"{output}_bias", [bias.Values.Count, 1, 1], [.. bias.Values]));
        scope.InsertAfter(node, new Node("Add", [node.Outputs[0], offsets], [output], scope.Edit.UniqueNodeName($"{node.Name}_bias")));
    }
}
