using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;

namespace Quantizer.Search;

/// <summary>A plan as tried on the network's outputs.</summary>
/// <param name="Selector">The range selector of the activations that it started from.</param>
/// <param name="WeightRanges">The way of choosing the weights' ranges.</param>
/// <param name="Errors">At the outputs, by sample.</param>
/// <param name="SqnrDb">Mean over the outputs of signal over error, as <see cref="OutputReference"/> gives it.</param>
internal sealed record PlanTrial(
    IRangeSelector Selector,
    WeightRangeMethod WeightRanges,
    QuantizationPlan Plan,
    OutputErrors Errors,
    double SqnrDb
)
{
    /// <summary>The range selectors that did best on the first samples.</summary>
    public IReadOnlyList<IRangeSelector> Finalists { get; init; } = [];

    /// <summary>The plans, or moves, that it was chosen among.</summary>
    public IReadOnlyList<JudgedCandidate> Tried { get; init; } = [];
}
