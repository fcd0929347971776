namespace Quantizer.Speed;

/// <summary>In which forms nodes take the least time.</summary>
/// <param name="Float">The nodes that are better in float, in the graph's order.</param>
/// <param name="Now">Milliseconds that the nodes in question take, with all of them in integers.</param>
/// <param name="Then">The same with those in float.</param>
internal sealed record FastestForms(IReadOnlyList<string> Float, double Now, double Then);
