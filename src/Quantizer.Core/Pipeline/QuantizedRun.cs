using Quantizer.Calibration.Running;
using Quantizer.Graphs;
using Quantizer.Isolation;
using Quantizer.Ranges.Planning;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>A quantized model that opens and runs, with what it was made from.</summary>
/// <param name="Work">Of the model that was quantized.</param>
/// <param name="Statistics">Null when nothing was quantized, so that nothing was observed.</param>
internal sealed record QuantizedRun(RunnablePlacement Placement, WorkCount Work, CalibrationRun? Statistics, QuantizationPlan Plan, OnnxModel Model);
