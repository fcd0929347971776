using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>How a node written for an operator set older than <paramref name="ChangedIn"/> says the same in newer ones.</summary>
internal sealed record OperatorUpgrade(string OpType, long ChangedIn, Action<Node, UpgradeScope> Apply);
