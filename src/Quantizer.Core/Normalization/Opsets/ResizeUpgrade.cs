using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>Upsample and the versions of Resize, up to Resize of set 13: data, region of interest, scales, sizes.</summary>
internal static class ResizeUpgrade
{
    private const int ScalesInput = 1;

    /// <summary>Upsample of set 9: scales are input 1.</summary>
    public static void UpsampleScalesToInput(Node node, UpgradeScope scope)
    {
        if (node.Attribute("scales") is not { Value: AttributeValue.FloatList scales })
            throw Refusals.Of(node, "it has no attribute 'scales'");
        node.RemoveAttribute("scales");
        UpgradeScope.SetInput(
            node,
            ScalesInput,
            scope.Add(Tensor.FromFloats($"{node.Outputs[0]}_scales", [scales.Values.Count], [.. scales.Values]))
        );
    }

    /// <summary>Upsample maps output x to input x / scale, and the nearest element is the one before it.</summary>
    public static void FromUpsample9(Node node, UpgradeScope scope)
    {
        node.OpType = "Resize";
        MoveScales(node, nearestMode: "floor");
    }

    /// <summary>
    /// Resize of set 10 maps as Upsample does. Its nearest element was not specified; ONNX Runtime takes the one before the position when
    /// enlarging an axis and the one behind it when shrinking (SIMPLE in its upsample kernel). Scales that are not constant are taken to
    /// enlarge.
    /// </summary>
    public static void FromResize10(Node node, UpgradeScope scope)
    {
        float[] scales = scope.ConstantOf(node.Inputs[ScalesInput]) is { Type: ElementType.Float } tensor
            ? tensor.Values<float>().ToArray()
            : [];
        bool enlarges = scales.Any(scale => scale > 1),
            shrinks = scales.Any(scale => scale < 1);
        bool isNearest = node.StringAttribute("mode", "nearest") == "nearest";
        if (isNearest && enlarges && shrinks)
            throw Refusals.Of(node, "it enlarges one axis and shrinks another by the nearest element, which later sets do not round alike");
        MoveScales(node, nearestMode: shrinks ? "ceil" : "floor");
    }

    /// <summary>
    /// Set 13 has no tf_half_pixel_for_nn any more. With nearest_mode floor it takes floor((x + 0.5) / scale), which is half_pixel
    /// rounded to
    /// the nearest, halves up.
    /// </summary>
    public static void FromResize11(Node node, UpgradeScope scope)
    {
        if (node.StringAttribute("coordinate_transformation_mode", "half_pixel") != "tf_half_pixel_for_nn")
            return;
        if (node.StringAttribute("nearest_mode", "round_prefer_floor") != "floor" || node.StringAttribute("mode", "nearest") != "nearest")
            throw Refusals.Of(node, "coordinate_transformation_mode tf_half_pixel_for_nn does not exist there");
        node.Set(NodeAttribute.Of("coordinate_transformation_mode", "half_pixel"));
        node.Set(NodeAttribute.Of("nearest_mode", "round_prefer_ceil"));
    }

    private static void MoveScales(Node node, string nearestMode)
    {
        node.Inputs.Insert(ScalesInput, "");
        node.Set(NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"));
        if (node.StringAttribute("mode", "nearest") == "nearest")
            node.Set(NodeAttribute.Of("nearest_mode", nearestMode));
        // "bilinear" was an early spelling that ONNX Runtime reads as linear up to set 9.
        if (node.StringAttribute("mode", "nearest") is "bilinear")
            node.Set(NodeAttribute.Of("mode", "linear"));
    }
}
