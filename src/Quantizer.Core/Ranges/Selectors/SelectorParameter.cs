namespace Quantizer.Ranges.Selectors;

/// <summary>What may stand behind a selector's word and a colon.</summary>
/// <param name="Expected">For messages: "P with P from 50 to 100 (such as percentile:99.99)".</param>
/// <param name="Read">The selector with that parameter; null when it is none.</param>
internal sealed record SelectorParameter(string Expected, Func<string, IDensitySelector?> Read);
