using Quantizer.Calibration;
using Quantizer.Correction;
using Quantizer.Isolation;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Plans;
using Quantizer.Placement;
using Quantizer.Rewriting;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>A quantized model that opens and runs, with what it was made from.</summary>
/// <param name="Placement">With the nodes that were given back to float so that it runs.</param>
/// <param name="Work">Of the model that was quantized.</param>
internal sealed record QuantizedRun(RunnablePlacement Placement, WorkCount Work, CalibratedModel Calibrated, QuantizedModel Quantized)
{
    /// <summary>Null where it has the form that placement began with.</summary>
    public FormChoice? Choice { get; init; }

    /// <summary>Null where no biases were to be corrected.</summary>
    public CorrectionResult? Correction { get; init; }

    /// <summary>Null where no channels have scales of their own.</summary>
    public EqualizedRun? Equalized { get; init; }

    /// <summary>The model as it was placed before its channels got scales: those are for activations in integers.</summary>
    public PlacedModel Plain => Equalized?.Plain ?? Placement.Placed;

    /// <summary>What was calibrated, with those nodes in float that the file has so.</summary>
    public CalibratedModel Settled => Calibrated with { Placed = Placement.Placed };

    public QuantizationSites Sites => Quantized.Plan.Sites;

    /// <summary>With the numbers that its plan had before they were corrected: those are right beside each other only.</summary>
    public QuantizedRun Uncorrected =>
        Correction is { } correction ? this with { Quantized = Quantized with { Plan = correction.Uncorrected }, Correction = null } : this;

    /// <summary>Without the samples that plans were judged on: once the file is written they only take memory.</summary>
    public QuantizedRun WithoutSamples() =>
        Calibrated.Run is not { } run ? this : this with { Calibrated = Calibrated with { Run = run with { Kept = [] } } };
}
