using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Comparison;
using Quantizer.Confirmation;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Isolation;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>One run of all stages, in their order.</summary>
internal sealed class QuantizeRun(QuantizationOptions options, IProgressObserver observer, CancellationToken cancellation)
{
    /// <summary>A folder with more broken files than this is not mended by reading on.</summary>
    private const int MostNamed = 10;

    private readonly StageClock _clock = new();

    private int Workers => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    /// <summary>Plans to try: every selector, then the other ways of choosing weight ranges with the best one.</summary>
    private int Trials => options.Method.Selectors.Count + WeightWords.Tried(options.WeightRanges).Count - 1;

    public QuantizationReport Run()
    {
        Begin("Reading the model");
        using OnnxModel source = OnnxFile.Read(options.ModelPath);
        QuantizedOperators.Refuse(source);
        string output = OutputFile.Resolve(options, source);
        Target target = options.Target.Target;
        // Before the graph is touched: whatever ONNX Runtime refuses, its message names the user's file.
        using InferenceModel fp32 = InferenceModel.Load(options.ModelPath);
        NormalizedModel normalized = ModelNormalizer.Normalize(source);
        if (UnsoundWeights.In(normalized.Graph).FirstOrDefault() is { } unsound) throw new QuantizationException($"{unsound.Message} {unsound.Remedy}");
        PlacedModel placed = Placer.Place(normalized, target, PlacementOf(options));
        DataOpening opening = new(source, fp32, options.ModelPath, options.Pictures, Workers);
        Begin("Preparing the data");
        bool isJudgedByItself = options.EvaluationPath is null;
        using DataSet calibration = opening.Open(
            options.CalibrationPath, isJudgedByItself ? options.LabelsPath : null, options.Samples, options.Seed, cancellation, isReadAgain: isJudgedByItself);
        // Before the work too: a wrong path must not be told after it.
        using DataSet? heldOut = options.EvaluationPath is { } path ? opening.Open(path, options.LabelsPath, options.EvaluationSamples, options.Seed, cancellation) : null;
        heldOut?.CheckHeaders(new SampleWorkers(options.Threads, cancellation));
        if (opening.Preparation is { } preparation) observer.Noted(preparation.Explanation);
        QuantizedRun quantized = Quantize(placed, calibration);
        Begin("Verifying");
        VerificationResult verification = _clock.Time(Stages.Verify, () => ModelVerifier.Verify(quantized.Model, quantized.Placement.Placed.Sites.Nodes, target, quantized.Work));
        Begin("Writing the model");
        _clock.Time(Stages.Rewrite, () => { OnnxFile.Write(quantized.Model, output); return true; });
        // The samples that plans were judged on are not wanted any more.
        CalibrationRun? counted = quantized.Statistics is null ? null : quantized.Statistics with { Kept = [] };
        RunResults results = new(options, output, source, normalized, quantized with { Statistics = counted }, verification, calibration);
        return AfterWriting.Run(output, () => Compare(results, heldOut, fp32, opening.Preparation), cancellation);
    }

    /// <summary>
    /// Calibrates, plans and writes the plan into the model. What 8 bits cannot hold stays in float, and a result that does not open
    /// or run does not end the run: each round leaves more in float, so the last one runs, if only because nothing in it is quantized.
    /// </summary>
    private QuantizedRun Quantize(PlacedModel placed, DataSet data)
    {
        IReadOnlyDictionary<string, TensorValue>? sample = FirstReadable(data.Samples);
        NormalizedModel model = placed.Lowered;
        WorkCount work = WorkCount.Of(model.Graph, SampleShapes.Of(model.Model, model.SampleTensors, sample));
        RunnablePlacement placement = RunnablePlacement.Of(placed, PlacementOf(options), sample);
        CalibrationRun? statistics = null;
        while (true)
        {
            QuantizationSites sites = placement.Placed.Sites;
            // What was observed for more nodes serves fewer as well.
            if (statistics is null || !sites.Observed.All(statistics.Statistics.Tensors.ContainsKey))
            {
                statistics = sites.Observed.Count == 0 ? null : Calibrate(model.Model, sites, data);
                SkipLimit.Check($"'{options.CalibrationPath}'", data.Samples.Count - (statistics?.Skipped.Count ?? 0), data.Skipped);
                NoteSkipped(data);
            }
            if (statistics is not null && new UnfitTensors(placement.Placed, statistics.Statistics, options.WeightGranularity == WeightGranularity.PerChannel).Nodes() is { Count: > 0 } unfit)
            {
                placement = placement.With(unfit, PlacementOf(options));
                continue;
            }
            (QuantizationPlan plan, OnnxModel quantized) = ChooseRanges(model.Model, sites, work, statistics);
            if (sample is null || sites.Weights.Count == 0 || FailureOf(quantized, model.Model, sample) is not { } failure)
                return new QuantizedRun(placement, work, statistics, plan, quantized);
            placement = placement.Without(failure, PlacementOf(options));
        }
    }

    /// <summary>What is wrong with the quantized model, if it is not wrong with the FP32 model, too.</summary>
    private static string? FailureOf(OnnxModel quantized, OnnxModel model, IReadOnlyDictionary<string, TensorValue> sample)
    {
        string? failure = TrialRun.FailureOf(quantized, sample);
        return failure is null || TrialRun.FailureOf(model, sample) is not null ? null : failure;
    }

    /// <summary>Not each stage looks for a wish to stop; between them it is heard.</summary>
    private void Begin(string stage, int steps = 0)
    {
        cancellation.ThrowIfCancellationRequested();
        observer.StageStarted(stage, steps);
    }

    private CalibrationRun Calibrate(OnnxModel model, QuantizationSites sites, DataSet data)
    {
        Begin("Calibrating", data.Samples.Count);
        CalibrationOptions how = new() { Workers = Workers, BatchSize = options.BatchSize, Sampled = options.Statistics == StatisticsMode.Sampled, KeepsSamples = Trials > 1 };
        CalibrationRun run = Calibrator.Run(model, sites.Observed, data.Samples, how, observer.Advanced, cancellation);
        foreach (string note in run.Notes) observer.Noted(note);
        return run;
    }

    /// <summary>With one way to choose ranges there is nothing to choose from; otherwise the network's outputs decide.</summary>
    private (QuantizationPlan Plan, OnnxModel Quantized) ChooseRanges(OnnxModel model, QuantizationSites sites, WorkCount work, CalibrationRun? run)
    {
        CalibrationStatistics statistics = run?.Statistics ?? new CalibrationStatistics(new Dictionary<string, TensorStatistics>(), 0);
        IReadOnlyList<(string Name, RangePlanner Planner)> planners =
        [
            .. WeightWords.Tried(options.WeightRanges).Select(way => (WeightWords.Ranges.WordOf(way), new RangePlanner(sites, statistics, model.Graph, new WeightOptions(options.WeightGranularity, way)))),
        ];
        IReadOnlyList<IRangeSelector> selectors = options.Method.Selectors;
        if (run is null || Trials == 1)
        {
            QuantizationPlan plan = _clock.Time(Stages.Ranges, () => planners[0].Planner.Plan(selectors[0]));
            return (plan, _clock.Time(Stages.Rewrite, () => GraphRewriter.Rewrite(model, plan)));
        }
        Begin("Choosing ranges", Trials);
        return _clock.Time(Stages.Ranges, () =>
        {
            OutputReference reference = OutputReference.Record(model, run.Kept, Workers, cancellation);
            PlanTrial best = PlanConfirmation.Try(model, planners, selectors, reference, observer.Advanced)[0];
            if (selectors.Count > 1) best = Refine(model, work, planners, best, reference);
            return (best.Plan, best.Model);
        });
    }

    private PlanTrial Refine(
        OnnxModel model, WorkCount work, IReadOnlyList<(string Name, RangePlanner Planner)> planners, PlanTrial best, OutputReference reference)
    {
        int trials = PlanRefinement.TrialsFor(work.AtLeast, reference.Count);
        Begin("Refining ranges", trials);
        RangePlanner planner = planners.First(way => way.Name == best.WeightRanges).Planner;
        return PlanRefinement.Refine(model, best, planner, reference, trials, observer.Advanced);
    }

    private QuantizationReport Compare(RunResults results, DataSet? heldOut, InferenceModel fp32, PreparationChoice? preparation)
    {
        using InferenceModel int8 = InferenceModel.Load(results.Output);
        using InferenceModel cleaned = InferenceModel.Load(results.Normalized.Model);
        DataSet data = heldOut ?? results.Calibration;
        Begin("Comparing", data.Samples.Count);
        SampleReader<Sample> samples = new(data.Samples.Count, data.Samples.Load);
        ComparisonResult comparison = ModelComparer.Compare(fp32, int8, samples, Workers, observer.Advanced, cancellation);
        SkipLimit.Check($"'{data.Path}'", comparison.Samples, data.Skipped);
        if (heldOut is not null) NoteSkipped(heldOut);
        Begin("Measuring latency");
        IReadOnlyList<LatencyResult> latency = LatencyMeasurement.Measure([fp32, cleaned, int8], FirstInputs(samples), cancellation: cancellation);
        return new ReportBuilder(results, comparison, latency, preparation, data, heldOut is not null, _clock).Build();
    }

    private void NoteSkipped(DataSet data)
    {
        foreach (SkippedSample sample in data.Skipped.Take(MostNamed)) observer.Noted($"Skipped '{sample.Name}': {sample.Reason}.");
        if (data.Skipped.Count > MostNamed) observer.Noted($"Skipped {data.Skipped.Count - MostNamed} more; a report (--report or --json) names them all.");
    }

    internal static IReadOnlyDictionary<string, TensorValue> FirstInputs(SampleReader<Sample> samples) =>
        samples.First()?.Inputs ?? throw new QuantizationException("There are no samples to measure the latency with.");

    /// <summary>A sample to try quantized models on; null where none of the first ones can be read, which calibration will report.</summary>
    internal static IReadOnlyDictionary<string, TensorValue>? FirstReadable(ISampleSource samples)
    {
        for (int i = 0; i < Math.Min(samples.Count, MostNamed); i++)
        {
            try
            {
                return samples.Load(i).Inputs;
            }
            catch (QuantizationException)
            {
                // Recorded when the sample's turn comes.
            }
        }
        return null;
    }

    private static PlacementOptions PlacementOf(QuantizationOptions options) =>
        new() { Include = options.Include, Exclude = options.Exclude, ExcludeOpTypes = options.ExcludeOpTypes };
}
