using Quantizer.Calibration.Running;
using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Ranges.Planning;
using Quantizer.Reporting;
using Quantizer.Schemes;

namespace Quantizer.Pipeline;

/// <summary>Collects a run's results into its report.</summary>
internal sealed class ReportBuilder(
    RunResults results, ComparisonResult comparison, IReadOnlyList<LatencyResult> latency, PreparationChoice? preparation, DataSet evaluated, bool heldOut, StageClock clock)
{
    public QuantizationReport Build()
    {
        IntegerReport integer = new(results.Verification.PercentPlaced, results.Verification.PercentInteger);
        // The fair reference is the faster of the user's file and the cleaned graph.
        (LatencyResult source, LatencyResult cleaned, LatencyResult int8) = (latency[0], latency[1], latency[2]);
        LatencyReport speed = ReportParts.Latency(source.MinimumMilliseconds < cleaned.MinimumMilliseconds ? source : cleaned, int8);
        return new QuantizationReport
        {
            Tool = ReportParts.Tool,
            Model = ReportParts.Model(results.Source, results.Options.ModelPath, results.Output),
            Options = ReportParts.Options(results.Options, results.Output),
            Preprocessing = preparation is null ? null : ReportParts.Preprocessing(preparation),
            Data = new DataReport(
                new CalibrationDataReport(results.Quantized.Statistics?.Statistics.Samples ?? 0, ReportParts.Skipped(results.Calibration.Skipped)),
                ReportParts.Evaluation(comparison, evaluated, heldOut)),
            Accuracy = ReportParts.Accuracy(comparison, preparation),
            Outputs = ReportParts.Outputs(comparison, preparation),
            Latency = speed,
            Size = new SizeReport(ReportParts.BytesOf(results.Options.ModelPath), ReportParts.BytesOf(results.Output)),
            Integer = integer,
            Nodes = [.. results.Verification.Nodes.Select(node => new NodeReport(
                node.Placement.Node, node.Placement.OpType, node.Placement.IsInteger ? NodeDecision.Int8 : NodeDecision.Float, node.Placement.Reason, node.Kernel))],
            Tensors = [.. Activations(), .. Weights()],
            Timing = Timing(),
            Findings =
            [
                .. IsAnythingQuantized ? RunFindings.OfSpeed(speed) : [RunFindings.NothingQuantized],
                .. RunFindings.OfCleaning(source.MinimumMilliseconds, cleaned.MinimumMilliseconds),
                .. RunFindings.OfAccuracy(comparison, heldOut),
                .. RunFindings.OfData(preparation, results.Quantized.Statistics?.Statistics.Samples), .. RunFindings.OfPlacement(results.Quantized.Placement),
                .. results.Verification.Findings,
            ],
        };
    }

    /// <summary>Whether any convolution or matrix product was placed as integers; how much work it does may not be known.</summary>
    private bool IsAnythingQuantized => results.Quantized.Plan.Weights.Count > 0;

    private IEnumerable<TensorReport> Activations() => results.Quantized.Plan.Activations.Select(activation => new TensorReport(
        activation.Key, activation.Value.Seen.Min, activation.Value.Seen.Max, [activation.Value.Parameters.Scale], activation.Value.Parameters.ZeroPoint,
        TypeName(activation.Value.Parameters.Scheme.Type), activation.Value.Method, ReportParts.Finite(activation.Value.ExpectedSqnrDb)));

    private IEnumerable<TensorReport> Weights()
    {
        foreach (WeightPlan weight in results.Quantized.Plan.Weights)
        {
            float largest = weight.Scales.Max() * weight.Site.Scheme.QuantizedMax;
            yield return new TensorReport(weight.Site.Tensor, -largest, largest, weight.Scales, 0, TypeName(weight.Site.Scheme.Type), "weights", null);
        }
    }

    private TimingReport Timing()
    {
        CalibrationTiming? calibration = results.Quantized.Statistics?.Timing;
        return new TimingReport(
            calibration?.Decode.TotalMilliseconds ?? 0, calibration?.Inference.TotalMilliseconds ?? 0, calibration?.Statistics.TotalMilliseconds ?? 0,
            clock[Stages.Ranges], clock[Stages.Rewrite], clock[Stages.Verify], clock.TotalMs, StageClock.PeakMemoryBytes);
    }

    private static string TypeName(QuantizedType type) => type switch
    {
        QuantizedType.UInt8 => "uint8",
        QuantizedType.Int8 => "int8",
        _ => "int32",
    };
}
