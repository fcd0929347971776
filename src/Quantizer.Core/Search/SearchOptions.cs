using Quantizer.Ranges.Weights;

namespace Quantizer.Search;

/// <summary>What is searched.</summary>
/// <param name="Method">A range selector, or "auto": all of them, improved tensor by tensor.</param>
/// <param name="WeightRanges">A way of choosing weight ranges, or "auto": all of them.</param>
/// <param name="PerChannelWeights">One scale per output channel; false: one per tensor.</param>
/// <param name="Workers">Threads. The result does not depend on their number.</param>
public sealed record SearchOptions(string Method, string WeightRanges, bool PerChannelWeights, int Workers)
{
    /// <summary>Whether there is more than one plan to try. The judged samples are needed only then.</summary>
    public bool HasChoice => PlanSelection.SelectorsOf(Method).Count + WeightRangeTable.Named(WeightRanges).Count > 2;
}
