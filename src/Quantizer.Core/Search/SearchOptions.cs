using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;

namespace Quantizer.Search;

/// <summary>What is searched.</summary>
/// <param name="Method">A range selector, or all of them, improved tensor by tensor.</param>
/// <param name="WeightRanges">A way of choosing weight ranges, or all of them.</param>
/// <param name="WeightGranularity">How many scales a weight has.</param>
/// <param name="Workers">Threads. The result does not depend on their number.</param>
internal sealed record SearchOptions(RangeMethod Method, WeightRangeMethod WeightRanges, WeightGranularity WeightGranularity, int Workers)
{
    /// <summary>Whether there is more than one plan to try. The judged samples are needed only then.</summary>
    public bool HasChoice => Method.Selectors.Count + WeightWords.Tried(WeightRanges).Count > 2;
}
