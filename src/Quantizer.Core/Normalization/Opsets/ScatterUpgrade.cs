using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>Scatter is called ScatterElements since set 11.</summary>
internal static class ScatterUpgrade
{
    public static void Rename(Node node, UpgradeScope scope) => node.OpType = "ScatterElements";
}
