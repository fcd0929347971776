using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline.Files;
using Quantizer.Reporting;
using Quantizer.Samples;
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
        new RunOutputs(RunInputs.Of(options, source, quantized)).ClaimReports(options.ReportPaths);
        using InferenceModel fp32 = InferenceModel.Load(options.Fp32Path), int8 = InferenceModel.Load(options.Int8Path);
        observer.StageStarted("Preparing the data", 0);
        DataOpening opening = new(source, fp32, options.Fp32Path, options.Pictures, Workers);
        using DataSet data = opening.Open(options.DataPath, options.LabelsPath, options.Samples, options.Seed, cancellation);
        if (opening.Preparation is { } preparation) observer.Noted(preparation.Explanation);
        IReadOnlyDictionary<string, TensorValue>? sample = QuantizeRun.FirstReadable(data.Samples);
        VerificationResult verification = _clock.Time(Stages.Verify, () => QuantizedFile.Verify(quantized, QuantizationTarget.Default.Target, sample));
        observer.StageStarted("Comparing", data.Samples.Count);
        SampleReader<Sample> samples = new(data.Samples.Count, data.Samples.Load);
        ComparisonResult comparison = ModelComparer.Compare(fp32, int8, samples, Workers, observer.Advanced, cancellation);
        SkipLimit.Check($"'{data.Path}'", comparison.Samples, data.Skipped);
        observer.StageStarted("Measuring latency", 0);
        bool areIdentical = IdenticalFiles.Are(options.Fp32Path, options.Int8Path, source);
        IReadOnlyList<LatencyResult> latency = LatencyMeasurement.Measure(areIdentical ? [fp32] : [fp32, int8], QuantizeRun.FirstInputs(samples), cancellation: cancellation);
        LatencyReport speed = ReportParts.Latency(latency[0], latency[^1]);
        return Report(source, verification, opening, data, comparison, speed, areIdentical ? [RunFindings.IdenticalFiles] : OfQuantization(quantized, speed));
    }

    private IEnumerable<Finding> OfQuantization(OnnxModel quantized, LatencyReport speed) =>
        QuantizedOperators.CountsIn(quantized).Count > 0 ? RunFindings.OfSpeed(speed) : [RunFindings.NotQuantized(options.Int8Path)];

    private QuantizationReport Report(
        OnnxModel source, VerificationResult verification, DataOpening opening, DataSet data, ComparisonResult comparison, LatencyReport speed, IEnumerable<Finding> ofSpeed)
    {
        IntegerReport integer = new(verification.PercentPlaced, verification.PercentInteger);
        return new QuantizationReport
        {
            Tool = ReportParts.Tool,
            Model = ReportParts.Model(source, options.Fp32Path, options.Int8Path),
            Options = new Dictionary<string, string> { ["data"] = options.DataPath, ["labels"] = options.LabelsPath ?? "" },
            Preprocessing = opening.Preparation is { } choice ? ReportParts.Preprocessing(choice) : null,
            Data = new DataReport(null, ReportParts.Evaluation(comparison, data, heldOut: true)),
            Accuracy = ReportParts.Accuracy(comparison, opening.Preparation),
            Outputs = ReportParts.Outputs(comparison, opening.Preparation),
            Latency = speed,
            Size = new SizeReport(ReportParts.BytesOf(options.Fp32Path), ReportParts.BytesOf(options.Int8Path)),
            Integer = integer,
            Nodes = [.. verification.Nodes.Select(node => new NodeReport(
                node.Placement.Node, node.Placement.OpType, node.Placement.IsInteger ? NodeDecision.Int8 : NodeDecision.Float, node.Placement.Reason, node.Kernel))],
            Tensors = [],
            Timing = new TimingReport(0, 0, 0, 0, 0, _clock[Stages.Verify], _clock.TotalMs, StageClock.PeakMemoryBytes),
            Findings =
            [
                .. ofSpeed, .. RunFindings.OfAccuracy(comparison, heldOut: true),
                .. RunFindings.OfData(opening.Preparation, null), .. verification.Findings,
            ],
        };
    }
}
