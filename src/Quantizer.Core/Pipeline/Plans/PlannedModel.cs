using Quantizer.Calibration;
using Quantizer.Correction;
using Quantizer.Isolation;
using Quantizer.Pipeline.Forms;
using Quantizer.Ranges.Planning;

namespace Quantizer.Pipeline.Plans;

/// <summary>A calibrated model with the plan that was made for it, in the form that was found best.</summary>
internal sealed record PlannedModel(RunnablePlacement Placement, CalibratedModel Calibrated, QuantizationPlan Plan)
{
    /// <summary>Null where no channels have scales of their own.</summary>
    public EqualizedRun? Equalized { get; init; }

    /// <summary>Null where no biases were to be corrected.</summary>
    public CorrectionResult? Correction { get; init; }

    /// <summary>Null where it has the form that placement began with.</summary>
    public FormChoice? Choice { get; init; }
}
