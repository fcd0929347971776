using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Details;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Limits;
using Quantizer.Normalization;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Pipeline.Reports;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Samples;
using Quantizer.Targets;
using Quantizer.Verification;

namespace Quantizer.Pipeline;

/// <summary>Compares two files, whoever made them.</summary>
internal sealed class CompareRun(CompareOptions options, IProgressObserver observer, CancellationToken cancellation)
{
    private readonly StageRunner _stages = new(observer, cancellation);
    private readonly SampleWorkers _workers = new(options.Threads, cancellation);

    /// <summary>
    /// Both models are shown the same pictures and nothing is written, so that an unfounded preparation does no harm that marking the
    /// figures does not avert; where limits rest on them it is asked for.
    /// </summary>
    private PictureOptions Pictures =>
        LimitChecks.OnAnswers(options.Limits).Any() ? options.Pictures : options.Pictures with { AcceptsGuess = true };

    public QuantizationReport Run()
    {
        using SourceModel fp32 = _stages.Run(Stage.Read, () => SourceModel.Open(options.Fp32Path)),
            int8 = SourceModel.Open(options.Int8Path);
        new RunOutputs(RunInputs.Of(options, fp32.Model, int8.Model)).ClaimReports(options.ReportPaths);
        Judging judging = Judging.Open(options.Judging, options.LabelsPath);
        DataOpening opening = new(fp32.Model, fp32.Session, options.Fp32Path, Pictures, options.Inputs, _workers.Threads)
        {
            Judging = judging,
        };
        using DataSet data = _stages.Run(
            Stage.Prepare,
            () => opening.Open(options.DataPaths, judging.ClassLabelsPath, options.Samples, options.Seed, cancellation)
        );
        if (opening.Preparation is { } preparation)
            _stages.Note(preparation.Explanation);
        foreach (string note in data.Notes)
            _stages.Note(note);
        FoundTask task = judging.Find(fp32, data, cancellation);
        _stages.Note(task.Text);
        bool isGuess = opening.Preparation is { IsGuess: true };
        LimitChecks.RequireFigures(options.Limits, task, judging.KnowsTruth(task, data), isGuess, isRandom: false);
        _stages.CountWork(0, data.Samples.Count, () => fp32.Session.Run(data.FirstInputs, cancellation: cancellation));
        VerificationResult verification = _stages.Run(
            Stage.Verify,
            () => QuantizedFile.Verify(int8.Model, QuantizationTarget.Default.Target, data.Samples.First()?.Inputs)
        );
        ComparedData compared = new(fp32.Session, data, task, _workers, _stages);
        ComparisonResult comparison = compared.Compare(int8.Session);
        OwnNoise? noise = OwnNoise.Of(compared, fp32.Model.Graph);
        bool areIdentical = IdenticalFiles.Are(options.Fp32Path, options.Int8Path, fp32.Model);
        IReadOnlyList<LatencyResult> latency = compared.MeasureLatency(areIdentical ? [fp32.Reopen] : [fp32.Reopen, int8.Reopen]);
        LatencyReport speed = ReportParts.Latency(latency[0], latency[^1]);
        Outcome outcome = new(verification, comparison, noise, speed)
        {
            OfSpeed = areIdentical ? [RunFindings.IdenticalFiles] : OfQuantization(int8.Model, verification, speed),
            Details = options.Details
                ? new Detailing(_workers, _stages).Of(
                    fp32.Model,
                    int8.Model,
                    options.Int8Path,
                    verification,
                    compared,
                    comparison,
                    LatencyTimes.Of(latency[0], latency[^1])
                )
                : null,
        };
        return Report(fp32.Model, int8.Model, opening.Preparation, data, outcome);
    }

    private IEnumerable<Finding> OfQuantization(OnnxModel quantized, VerificationResult verification, LatencyReport speed)
    {
        NodePlacement[] nodes = [.. verification.Nodes.Select(node => node.Placement)];
        bool areIntegers = nodes.Any(node => node.IsInteger),
            areStored = nodes.Any(node => node.Form == NodeForm.Stored);
        if (FileForms.Describe(nodes) is { } forms)
            yield return FormFindings.FormsOfFile(options.Int8Path, forms);
        // Stored weights are for the size of the file.
        if (areStored && !areIntegers)
            yield break;
        foreach (
            Finding finding in areIntegers || QuantizedOperators.CountsIn(quantized).Count > 0
                ? RunFindings.OfSpeed(speed)
                : [RunFindings.NotQuantized(options.Int8Path)]
        )
        {
            yield return finding;
        }
    }

    private QuantizationReport Report(OnnxModel source, OnnxModel quantized, PreparationChoice? preparation, DataSet data, Outcome outcome)
    {
        (VerificationResult verification, ComparisonResult comparison, OwnNoise? noise, LatencyReport speed) = outcome;
        return new QuantizationReport
        {
            Tool = ReportParts.Tool,
            Model = ReportParts.Model(source, options.Fp32Path, options.Int8Path),
            Options = new Dictionary<string, string>([.. ReportParts.Inputs(options.Inputs), .. ReportParts.Options(options.Judging)])
            {
                ["data"] = OptionWords.Join(options.DataPaths),
                ["labels"] = options.LabelsPath ?? "",
            },
            Preprocessing = preparation is { } choice ? ReportParts.Preprocessing(choice) : null,
            Data = new DataReport(null, ReportParts.Evaluation(comparison, data, heldOut: true)),
            Task = ReportParts.Task(comparison, preparation),
            Outputs = ReportParts.Outputs(comparison, preparation),
            Latency = speed,
            Size = new SizeReport(ReportParts.BytesOf(source), ReportParts.BytesOf(quantized)),
            Integer = new IntegerReport(verification.PercentPlaced, verification.PercentInteger),
            Nodes = [.. verification.Operators.Select(node => ReportParts.Node(node.Placement, node.Kernel))],
            Tensors = [],
            Timing = new TimingReport(
                DecodeMs: 0,
                InferenceMs: 0,
                StatisticsMs: 0,
                SearchMs: 0,
                RewriteMs: 0,
                _stages.MillisecondsOf(Stage.Verify),
                _stages.TotalMs,
                StageRunner.PeakMemoryBytes
            )
            {
                DetailsMs = _stages.MillisecondsOf(Stage.LookAtDetails),
                Stages = ReportParts.Stages(_stages),
            },
            Findings = LikelyCauses.First([
                .. outcome.OfSpeed,
                .. noise is null ? (IEnumerable<Finding>)[] : [noise.Told],
                .. RunFindings.OfAccuracy(comparison, heldOut: true),
                .. RunFindings.OfData(preparation, null),
                .. verification.Findings,
            ]),
            Manifest = Manifest.Of(options.Arguments, options.Int8Path, _stages),
            Details = outcome.Details,
        };
    }

    /// <summary>What was found of the two files.</summary>
    /// <param name="Noise">Null where the FP32 network draws no random numbers.</param>
    private sealed record Outcome(VerificationResult Verification, ComparisonResult Comparison, OwnNoise? Noise, LatencyReport Speed)
    {
        public required IEnumerable<Finding> OfSpeed { get; init; }

        /// <summary>Null where they were not asked for.</summary>
        public required ReportDetails? Details { get; init; }
    }
}
