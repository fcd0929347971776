using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>Dropout does nothing in inference, in every set.</summary>
internal static class DropoutUpgrade
{
    /// <summary>The mask was of the data's type before set 10 and is bool since; it can be dropped where nobody reads it.</summary>
    public static void DropFloatMask(Node node, UpgradeScope scope)
    {
        if (node.Outputs.Count < 2)
            return;
        if (scope.IsRead(node.Outputs[1]))
            throw Refusals.Of(node, "its mask is read, which has another type in later sets");
        node.Outputs.RemoveRange(1, node.Outputs.Count - 1);
    }

    /// <summary>The ratio became an input in set 12; only training needs it.</summary>
    public static void DropRatio(Node node, UpgradeScope scope) => node.RemoveAttribute("ratio");
}
