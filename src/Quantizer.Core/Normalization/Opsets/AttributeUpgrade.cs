using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>Upgrades of operators that say the same in other attributes.</summary>
internal static class AttributeUpgrade
{
    /// <summary>RoiAlign of set 16 shifts regions by half a pixel unless it is told not to.</summary>
    public static void RoiAlign(Node node, UpgradeScope scope)
    {
        if (node.Attribute("coordinate_transformation_mode") is null)
            node.Set(NodeAttribute.Of("coordinate_transformation_mode", "output_half_pixel"));
    }

    /// <summary>Split of set 18 is told the number of its equal parts.</summary>
    public static void Split(Node node, UpgradeScope scope)
    {
        if (node.Inputs.Count < 2 || node.Inputs[1].Length == 0)
            node.Set(NodeAttribute.Of("num_outputs", (long)node.Outputs.Count));
    }

    /// <summary>GridSample of set 20 calls its modes otherwise.</summary>
    public static void GridSample(Node node, UpgradeScope scope)
    {
        string mode = node.StringAttribute("mode", "bilinear");
        node.Set(
            NodeAttribute.Of(
                "mode",
                mode == "nearest" ? mode
                    : mode == "bicubic" ? "cubic"
                    : "linear"
            )
        );
    }
}
