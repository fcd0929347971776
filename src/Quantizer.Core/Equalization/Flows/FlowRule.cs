using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>Says what an operator does with the scales of its inputs' channels, and gives its outputs theirs.</summary>
/// <returns>False, and nothing is changed, where this node is not known to keep them apart.</returns>
internal delegate bool FlowRule(FlowScope scope, Node node);
