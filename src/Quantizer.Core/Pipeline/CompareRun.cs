using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Reporting;
using Quantizer.Targets;
using Quantizer.Verification;

namespace Quantizer.Pipeline;

/// <summary>Compares two files, whoever made them.</summary>
internal sealed class CompareRun(CompareOptions options, IProgressObserver observer, CancellationToken cancellation)
{
    private readonly StageClock _clock = new();

    private int Workers => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    public QuantizationReport Run()
    {
        observer.StageStarted("Reading the models", 0);
        using OnnxModel source = OnnxFile.Read(options.Fp32Path);
        using OnnxModel quantized = OnnxFile.Read(options.Int8Path);
        using InferenceModel fp32 = InferenceModel.Load(options.Fp32Path), int8 = InferenceModel.Load(options.Int8Path);
        VerificationResult verification = _clock.Time(Stages.Verify, () => QuantizedFile.Verify(quantized, QuantizationTarget.Default.Target));
        observer.StageStarted("Preparing the data", 0);
        DataOpening opening = new(source, fp32, options.Fp32Path, options.Pictures, Workers);
        using DataSet data = opening.Open(options.DataPath, options.LabelsPath, options.Samples, options.Seed, cancellation);
        if (opening.Preparation is { } preparation) observer.Noted(preparation.Explanation);
        observer.StageStarted("Comparing", data.Samples.Count);
        ComparisonResult comparison = ModelComparer.Compare(fp32, int8, data.Samples, Workers, observer.Advanced, cancellation);
        observer.StageStarted("Measuring latency", 0);
        IReadOnlyList<LatencyResult> latency = LatencyMeasurement.Measure([fp32, int8], QuantizeRun.FirstInputs(data.Samples), cancellation: cancellation);
        return Report(source, verification, opening, data, comparison, latency);
    }

    private QuantizationReport Report(
        OnnxModel source, VerificationResult verification, DataOpening opening, DataSet data, ComparisonResult comparison, IReadOnlyList<LatencyResult> latency)
    {
        (double fp32, double int8) = (latency[0].MedianMilliseconds, latency[1].MedianMilliseconds);
        LatencyReport speed = new(1, fp32, int8, fp32 / int8);
        IntegerReport integer = new(verification.PercentPlaced, verification.PercentInteger);
        return new QuantizationReport
        {
            Tool = ReportParts.Tool,
            Model = ReportParts.Model(source, options.Fp32Path, options.Int8Path),
            Options = new Dictionary<string, string> { ["data"] = options.DataPath, ["labels"] = options.LabelsPath ?? "" },
            Preprocessing = opening.Preparation is { } choice ? ReportParts.Preprocessing(choice) : null,
            Data = new DataReport(null, ReportParts.Evaluation(comparison, data, heldOut: true)),
            Accuracy = ReportParts.Accuracy(comparison),
            Outputs = ReportParts.Outputs(comparison),
            Latency = speed,
            Size = new SizeReport(ReportParts.BytesOf(options.Fp32Path), ReportParts.BytesOf(options.Int8Path)),
            Integer = integer,
            Nodes = [.. verification.Nodes.Select(node => new NodeReport(
                node.Placement.Node, node.Placement.OpType, node.Placement.IsInteger ? NodeDecision.Int8 : NodeDecision.Float, node.Placement.Reason, node.Kernel))],
            Tensors = [],
            Timing = new TimingReport(0, 0, 0, 0, 0, _clock[Stages.Verify], _clock.TotalMs, StageClock.PeakMemoryBytes),
            Findings =
            [
                .. RunFindings.OfSpeed(speed, fp32, fp32, integer), .. RunFindings.OfAccuracy(comparison, heldOut: true),
                .. RunFindings.OfData(opening.Preparation, null), .. verification.Findings,
            ],
        };
    }
}
