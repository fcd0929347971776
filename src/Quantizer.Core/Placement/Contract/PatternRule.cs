using Quantizer.Patterns;

namespace Quantizer.Placement.Contract;

/// <summary>What a target does with a pattern: a row of its table.</summary>
/// <param name="Reason">For patterns that are kept whole: why their nodes stay in float.</param>
internal sealed record PatternRule(GraphPattern Pattern, PatternUse Use, string Reason = "");
