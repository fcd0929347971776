namespace Quantizer.Normalization;

/// <summary>A rewrite of the main graph and the phrase that messages call it by.</summary>
/// <param name="Apply">Says whether it changed anything.</param>
/// <param name="RevealsShapes">Whether more shapes can be inferred after a change.</param>
internal sealed record NormalizationPass(string Name, Func<GraphEdit, bool> Apply, bool RevealsShapes = false);
