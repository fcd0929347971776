using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>What cannot be said in newer operator sets, or is too rare to be worth it.</summary>
internal static class Refusals
{
    public static void BatchedScan(Node node, UpgradeScope scope) =>
        throw Of(node, "Scan of operator set 8 runs over a batch, which later sets do not");

    public static void GroupScales(Node node, UpgradeScope scope) =>
        throw Of(node, "GroupNormalization of older sets scales groups, later ones channels", OpsetUpgrade.Blocks);

    /// <param name="target">The set that was asked for.</param>
    public static QuantizationException Of(Node node, string reason, long target = OpsetUpgrade.Target)
    {
        string name = node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault() ?? "";
        return new QuantizationException(
            $"Node '{name}' ({node.OpType}) cannot be brought to operator set {target}: {reason}. Export the model anew with opset {target} or newer."
        );
    }
}
