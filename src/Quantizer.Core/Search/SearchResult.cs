using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;

namespace Quantizer.Search;

/// <summary>The plan that a search found.</summary>
/// <param name="SqnrDb">Signal over error at the outputs of the judged samples; null where there was nothing to choose from, or no plan
/// ran.</param>
/// <param name="Trials">Plans that were tried on the outputs.</param>
/// <param name="Kept">Changes of single tensors that the plan owes to refinement.</param>
internal sealed record SearchResult(QuantizationPlan Plan, double? SqnrDb, int Trials, int Kept)
{
    /// <summary>The range selector that the plan started from.</summary>
    public required IRangeSelector Selector { get; init; }

    /// <summary>Its way of choosing the weights' ranges.</summary>
    public required WeightRangeMethod WeightRanges { get; init; }

    /// <summary>The range selectors that did best on the first samples.</summary>
    public IReadOnlyList<IRangeSelector> Finalists { get; init; } = [];

    /// <summary>The plans that a selected one was chosen among, or the moves tried on it.</summary>
    public IReadOnlyList<JudgedCandidate> Tried { get; init; } = [];

    /// <summary>What plans were judged by; null where none were.</summary>
    public OutputReference? Reference { get; init; }

    /// <summary>Of the plan on these samples; null where none were run.</summary>
    public OutputErrors? Errors { get; init; }
}
