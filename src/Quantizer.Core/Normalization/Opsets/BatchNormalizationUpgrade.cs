using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>BatchNormalization of set 9 always has one mean per channel, as spatial = 1 (the default) said before.</summary>
internal static class BatchNormalizationUpgrade
{
    public static void DropSpatial(Node node, UpgradeScope scope)
    {
        if (node.IntAttribute("spatial", 1) == 0)
            throw Refusals.Of(node, "with spatial = 0 it normalizes every position by itself, which later sets do not");
        node.RemoveAttribute("spatial");
    }
}
