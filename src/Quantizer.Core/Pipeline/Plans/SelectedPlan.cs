using Quantizer.Calibration;
using Quantizer.Isolation;
using Quantizer.Search;

namespace Quantizer.Pipeline.Plans;

/// <summary>A calibrated model with the best plan of a whole selector, and the search that may refine it.</summary>
/// <param name="Equalized">Null where no channels have scales of their own.</param>
internal sealed record SelectedPlan(
    RunnablePlacement Placement,
    CalibratedModel Calibrated,
    PlanSearch Search,
    SearchResult Found,
    EqualizedRun? Equalized
);
