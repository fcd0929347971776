using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs.Serialization;
using Quantizer.Limits;
using Quantizer.Normalization;
using Quantizer.Normalization.Opsets;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Inspections;
using Quantizer.Pipeline.Reports;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Samples;
using Quantizer.Verification;

namespace Quantizer.Pipeline;

/// <summary>Quantizes a file: each stage takes what the one before gave.</summary>
internal sealed class QuantizeRun(QuantizationOptions options, IProgressObserver observer, CancellationToken cancellation)
{
    private readonly StageRunner _stages = new(observer, cancellation);
    private readonly SampleWorkers _workers = new(options.Threads, cancellation);

    public QuantizationReport Run()
    {
        Target target = options.Target.Target;
        using SourceModel source = _stages.Run(Stage.Read, () => SourceModel.Open(options.ModelPath, isRun: HasData(options)));
        string output = OutputFile.Resolve(options, source.Model);
        NormalizedModel normalized = _stages.Run(Stage.Normalize, () => ModelNormalizer.Normalize(source.Model, LeastOpset));
        UnsoundWeights.Refuse(normalized.Graph);
        PlacedModel placed = _stages.Run(Stage.Place, () => Placer.Place(normalized, target, PlacementOf(options)));
        if (options.CalibrationPaths.Count == 0)
            WithoutData.Require(placed, source.Session.Inputs, options);
        Judging judging = Judging.Open(options.Judging, options.LabelsPath);
        using RunData data = _stages.Run(Stage.Prepare, () => RunData.Open(options, judging, source, _workers, cancellation));
        foreach (string note in data.Notes)
            _stages.Note(note);
        FoundTask? task = data.Compared is { } compared ? judging.Find(source, compared, cancellation) : null;
        if (task is not null)
            _stages.Note(task.Text);
        LimitChecks.RequireFigures(
            options.Limits,
            task,
            task is not null && judging.KnowsTruth(task, data.Compared!),
            data.Preparation is { IsGuess: true },
            options.RandomSamples is not null && data.HeldOut is null
        );
        if (data.Compared is { } counted)
        {
            _stages.CountWork(
                data.Calibration?.Samples.Count ?? 0,
                counted.Samples.Count,
                () => source.Session.Run(counted.FirstInputs, cancellation: cancellation)
            );
        }
        Quantization quantization = new(options, task?.Task, _stages);
        QuantizedRun quantized = quantization.Run(placed, data.Calibration, data.Compared?.Samples.First()?.Inputs);
        IReadOnlyList<Finding> diagnosis = Diagnosis.Of(
            source,
            data.Calibration,
            quantized.Calibrated.Run,
            data.Preparation,
            options.Inputs.Mask
        );
        OutputModel first = new(output, Verified(quantized), IsWritten: false);
        RunResults results = new(options, source, quantized.WithoutSamples(), Written(first), data, task, diagnosis);
        return AfterWriting.Run(
            output,
            () => results.Task is null ? Unjudged(results) : Judged(results, results.Task, quantization),
            cancellation
        );
    }

    private Detailing Detailing => new(_workers, _stages);

    private long LeastOpset => options.WeightsOnly == WeightStorage.Int4 ? OpsetUpgrade.Blocks : OpsetUpgrade.Target;

    private VerifiedModel Verified(QuantizedRun quantized) =>
        _stages.Run(Stage.Verify, () => ModelVerifier.Verify(quantized.Quantized, quantized.Work));

    private OutputModel Written(OutputModel model)
    {
        if (model.IsWritten)
            return model;
        return _stages.Run(
            Stage.Write,
            () =>
            {
                OnnxFile.Write(model.Verified.Quantized.Model, model.Path);
                return model with { IsWritten = true };
            }
        );
    }

    private QuantizationReport Judged(RunResults results, FoundTask task, Quantization quantization)
    {
        DataSet data = results.Data.Compared!;
        ComparedData compared = new(results.Source.Session, data, task, _workers, _stages);
        Settling settling = new(options, compared, quantization, Verified);
        (RunResults settled, ComparisonResult comparison, IReadOnlyList<LatencyResult> latency) = settling.Run(results);
        settled = settled with { Output = Written(settled.Output) };
        if (results.Data.HeldOut is not null)
            data.NoteSkipped(_stages);
        ReportDetails? details = options.Details ? Detailing.Of(settled, compared, comparison, latency) : null;
        if (details is not null)
            details = details with { Costs = new Costing(compared, quantization).Of(settled.Quantized, details.Errors) };
        return new ReportBuilder(settled, comparison, latency, _stages, details).Build();
    }

    private static bool HasData(QuantizationOptions options) => options.CalibrationPaths.Count + options.EvaluationPaths.Count > 0;

    /// <summary>Without data nothing can be judged; the speed is measured where the model says the sizes of its inputs, and is not so
    /// large that three sessions at once would take more memory than all the rest.</summary>
    private QuantizationReport Unjudged(RunResults results)
    {
        IReadOnlyList<LatencyResult>? latency = null;
        if (!results.Source.IsLarge && ZeroInputs.Of(results.Source.Session.Inputs) is { } inputs)
        {
            latency = _stages.Run(
                Stage.MeasureLatency,
                () => LatencyMeasurement.MeasureOpened(results.Openings, inputs, cancellation: cancellation)
            );
        }

        ReportDetails? details = options.Details ? Detailing.Of(results, compared: null, comparison: null, latency) : null;
        return new ReportBuilder(results, comparison: null, latency, _stages, details).Build();
    }

    private static PlacementOptions PlacementOf(QuantizationOptions options) =>
        new()
        {
            Include = options.Include,
            Exclude = options.Exclude,
            ExcludeOpTypes = options.ExcludeOpTypes,
            Activations = options.Activations,
            StandardOnly = options.StandardOnly,
            Storage = options.WeightsOnly ?? WeightStorage.Int8,
        };
}
