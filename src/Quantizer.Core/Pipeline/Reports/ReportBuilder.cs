using Quantizer.Calibration.Running;
using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Normalization;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Plans;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Schemes;
using Quantizer.Verification;

namespace Quantizer.Pipeline.Reports;

/// <summary>Collects a run's results into its report.</summary>
internal sealed class ReportBuilder(
    RunResults results,
    ComparisonResult? comparison,
    IReadOnlyList<LatencyResult>? latency,
    StageRunner stages,
    ReportDetails? details
)
{
    private readonly VerificationResult _verification = results.Output.Verified.Result;
    private readonly QuantizationPlan _plan = results.Quantized.Quantized.Plan;
    private readonly PreparationChoice? _preparation = results.Data.Preparation;
    private readonly CalibrationRun? _calibration = results.Quantized.Calibrated.Run;

    /// <summary>What was measured is said as what it came to, so that the same options give the same file.</summary>
    private QuantizationOptions Resolved =>
        comparison is null
            ? results.Options
            : results.Options with
            {
                SlowIntegers = results.UnnoticedSpeedup is null ? SlowIntegers.Kept : SlowIntegers.Stored,
            };

    private bool IsRandom => results.Options.RandomSamples is not null;

    private bool HasVanishingWeights => results.Quantized.Placement.Placed.Source.Notes.Any(note => note.Pass == VanishingWeights.Pass);

    public QuantizationReport Build()
    {
        bool heldOut = results.Data.HeldOut is not null;
        IntegerReport integer = new(_verification.PercentPlaced, _verification.PercentInteger);
        LatencyReport? speed = Speed();
        SizeReport size = new(ReportParts.BytesOf(results.Source.Model), ReportParts.BytesOf(results.Output.Path));
        return new QuantizationReport
        {
            Tool = ReportParts.Tool,
            Model = ReportParts.Model(results.Source.Model, results.Options.ModelPath, results.Output.Path),
            Options = ReportParts.Options(Resolved, results.Output.Path, _preparation),
            Preprocessing = _preparation is null ? null : ReportParts.Preprocessing(_preparation),
            Data = new DataReport(
                new CalibrationDataReport(
                    _calibration?.Statistics.Samples ?? 0,
                    ReportParts.Skipped(results.Data.Calibration?.Skipped ?? [])
                )
                {
                    Random = IsRandom,
                },
                comparison is null
                    ? null
                    : ReportParts.Evaluation(comparison, results.Data.Compared!, heldOut) with
                    {
                        Random = IsRandom && !heldOut,
                    }
            ),
            Task = comparison is null ? null : ReportParts.Task(comparison, _preparation),
            Floor = Floor(),
            SlowNodes = results.SlowNodes,
            Tried = stages.Tried.Rows,
            Outputs = comparison is null ? [] : ReportParts.Outputs(comparison, _preparation),
            Latency = speed,
            Size = size,
            Integer = integer,
            ChannelScales = results.Quantized.Equalized is { } equalized
                ? new ChannelScalesReport(equalized.Tensors, equalized.WithoutDb, equalized.WithDb, equalized.HeldOutGainDb)
                : null,
            Nodes = [.. _verification.Nodes.Select(node => ReportParts.Node(node.Placement, node.Kernel))],
            Tensors = [.. Activations(), .. Weights()],
            BiasCorrection = results.Quantized.Correction is { } correction ? Correcting.ReportOf(correction) : null,
            Timing = Timing(),
            Findings = LikelyCauses.First([
                .. IsRandom ? RunFindings.OfRandom(results.Options.RandomSamples!.Value, _calibration is not null, isJudged: !heldOut) : [],
                .. OfQuantization(speed, size),
                .. results.UnnoticedSpeedup is { } unnoticed
                    ? [FormFindings.NotFaster(unnoticed, speed?.Speedup, results.IsSpeedSettled, !results.IsFloorOfStored)]
                    : (IEnumerable<Finding>)[],
                .. results.SlowNodes is { } hastened ? [FormFindings.Hastened(hastened, results.IsSpeedSettled)] : (IEnumerable<Finding>)[],
                .. FormFindings.OfForms(_plan.Sites, results.Quantized.Choice),
                .. FormFindings.OfChannelScales(results.Quantized.Equalized),
                .. latency is null
                    ? []
                    : CleaningFindings.Of(latency[0].MinimumMilliseconds, latency[1].MinimumMilliseconds, HasVanishingWeights),
                .. results.Floor is { } floor
                    ? FloorFindings.Of(
                        floor,
                        results.Options.FloorTime,
                        comparison!.Task,
                        results.Options.WeightsOnly == WeightStorage.Int4,
                        isGivenUp: results.UnnoticedSpeedup is not null && !results.IsFloorOfStored,
                        isOfStored: results.IsFloorOfStored
                    )
                    : [],
                .. comparison is null ? [RunFindings.NotJudged(latency is not null)] : RunFindings.OfAccuracy(comparison, heldOut),
                .. RunFindings.OfData(_preparation, IsRandom ? null : _calibration?.Statistics.Samples),
                .. IsRandom ? [] : results.Diagnosis,
                .. TrainingModeFindings.Of(results.Quantized.Placement.Placed.Source.Graph),
                .. BlockedLayoutFindings.Of(results.Source.Model.Graph),
                .. results.OwnNoise is { } noise ? [noise.Told] : (IEnumerable<Finding>)[],
                .. RunFindings.OfPlacement(results.Quantized.Placement),
                .. OwnOperatorFindings.Of(results.Source.Model, results.Quantized.Quantized.Model, _plan.Sites.Target),
                .. _verification.Findings,
            ]),
            Manifest = Manifest.Of(results.Options.Arguments, results.Output.Path, stages),
            Details = details,
        };
    }

    /// <summary>What it was before was judged on the samples of the comparison.</summary>
    private FloorReport? Floor() =>
        results.Floor is { } floor && comparison is not null
            ? floor with
            {
                Undecided = Certainty.MissingOf(comparison.Task.Kind, floor.Before, comparison.Task.Samples),
            }
            : results.Floor;

    private LatencyReport? Speed() => latency is null ? null : ReportParts.Latency(ReportParts.Reference(latency), latency[^1]);

    /// <summary>Speed is judged where any node was placed as integers; how much work it does may not be known.</summary>
    private IEnumerable<Finding> OfQuantization(LatencyReport? speed, SizeReport size) =>
        _plan.Weights.Count + _plan.Dynamic.Count > 0
            ? speed is null
                ? []
                : RunFindings.OfSpeed(speed, comparison is not null && SpeedWorth.IsTooShort(results.Options, latency!))
            : _plan.Stored.Count > 0
                ?
                [
                    FormFindings.OnlyStored(
                        size,
                        _plan.Stored.Count(weight => weight.Site.Blocks is not null),
                        results.Options.WeightsOnly == WeightStorage.Int4
                    ),
                    .. speed is null ? [] : FormFindings.OfStoredSpeed(speed),
                    .. results.Floor is null ? FormFindings.NotAsAsked(results.Options.Activations, _plan.Sites.Nodes) : [],
                ]
                // Else something gains, and the floor forbids it.
                : results.Floor is null
                    ? [RunFindings.NothingQuantized]
                    : [];

    private IEnumerable<TensorReport> Activations() =>
        _plan.Activations.Select(activation => new TensorReport(
            activation.Key,
            activation.Value.Seen.Min,
            activation.Value.Seen.Max,
            [activation.Value.Parameters.Scale],
            activation.Value.Parameters.ZeroPoint,
            TypeName(activation.Value.Parameters.Scheme.Type),
            activation.Value.Method,
            ReportParts.Finite(activation.Value.ExpectedSqnrDb)
        ));

    private IEnumerable<TensorReport> Weights()
    {
        IEnumerable<(string Tensor, QuantizationScheme Scheme, IReadOnlyList<float> Scales, string Method)> all =
        [
            .. _plan.Weights.Select(weight => (weight.Site.Tensor, weight.Site.Scheme, weight.Scales, "weights")),
            .. _plan.Dynamic.Select(weight => (weight.Site.Tensor, weight.Site.Scheme, weight.Scales, "weights")),
            .. _plan
                .Stored.Where(weight => weight.Site.Blocks is null)
                .Select(weight => (weight.Site.Tensor, weight.Site.Scheme, weight.Scales, "stored weights")),
        ];
        foreach ((string tensor, QuantizationScheme scheme, IReadOnlyList<float> scales, string method) in all)
        {
            float largest = scales.Max() * scheme.QuantizedMax;
            yield return new TensorReport(tensor, -largest, largest, scales, 0, TypeName(scheme.Type), method, null);
        }
        foreach (StoredPlan weight in _plan.Stored.Where(weight => weight.Site.Blocks is not null))
            yield return InBlocks(weight);
    }

    /// <summary>A scale for every 32 weights would make the report as large as the file: the coarsest stands for all.</summary>
    private static TensorReport InBlocks(StoredPlan weight) =>
        new(
            weight.Site.Tensor,
            weight.Scales.Zip(weight.ZeroPoints, (scale, zeroPoint) => -zeroPoint * scale).Min(),
            weight.Scales.Zip(weight.ZeroPoints, (scale, zeroPoint) => (Blocks.Highest - zeroPoint) * scale).Max(),
            [weight.Scales.Max()],
            0,
            "uint4",
            $"stored weights, a scale and zero point per block of {Blocks.Size}",
            null
        );

    private TimingReport Timing()
    {
        CalibrationTiming? calibration = _calibration?.Timing;
        return new TimingReport(
            calibration?.Decode.TotalMilliseconds ?? 0,
            calibration?.Inference.TotalMilliseconds ?? 0,
            calibration?.Statistics.TotalMilliseconds ?? 0,
            stages.MillisecondsOf(Stage.Search) + stages.MillisecondsOf(Stage.Scale) + stages.MillisecondsOf(Stage.Refine),
            stages.MillisecondsOf(Stage.Rewrite) + stages.MillisecondsOf(Stage.Write),
            stages.MillisecondsOf(Stage.Verify),
            stages.TotalMs,
            StageRunner.PeakMemoryBytes
        )
        {
            CorrectionMs = stages.MillisecondsOf(Stage.Correct),
            DetailsMs = stages.MillisecondsOf(Stage.LookAtDetails),
            Stages = ReportParts.Stages(stages),
        };
    }

    private static string TypeName(QuantizedType type) =>
        type switch
        {
            QuantizedType.UInt8 => "uint8",
            QuantizedType.Int8 => "int8",
            _ => "int32",
        };
}
