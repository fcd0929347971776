using Quantizer.Calibration;
using Quantizer.Calibration.Running;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Fallback;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Fallback;

/// <summary>A network with a plan of min/max ranges, for measuring what its layers cost.</summary>
internal sealed class MeasuredNetwork
{
    private readonly ArraySamples _samples;

    public MeasuredNetwork(OnnxModel model, ArraySamples samples, ActivationMode activations = ActivationMode.Static)
    {
        _samples = samples;
        PlacedModel placed = Placer.Place(
            ModelNormalizer.Normalize(model),
            QuantizationTarget.Default.Target,
            PlacementOptions.Default with
            {
                Activations = activations,
            }
        );
        Calibrated =
            placed.Sites.Observed.Count == 0
                ? new CalibratedModel(placed, Run: null)
                : Calibrator.Calibrate(placed, samples, new CalibrationOptions(), _ => { }, CancellationToken.None);
        Plan = PlannerFor(Calibrated).Plan(new MinMaxSelector());
    }

    public CalibratedModel Calibrated { get; }

    public QuantizationPlan Plan { get; }

    public OnnxModel Lowered => Calibrated.Placed.Lowered.Model;

    public MeasuredCosts Measure(CostBudget budget, int threads = 1)
    {
        SampleWorkers workers = new(threads, CancellationToken.None);
        Sample[] samples = [.. Enumerable.Range(0, budget.Samples).Select(_samples.Load)];
        using PlanJudge judge = new(
            Lowered,
            OutputReference.Record(Lowered, samples, workers, _ => { }, CancellationToken.None),
            workers,
            CancellationToken.None
        );
        CostMeasurement measurement = new(Calibrated, Plan, judge, (plan, part) => PlannerFor(part).Plan(plan, new PercentileSelector(50)));
        return measurement.Measure(Calibrated.Placed.Sites.WeightedNodes, budget, _ => { });
    }

    private static RangePlanner PlannerFor(CalibratedModel calibrated) =>
        new(calibrated.Placed.Sites, calibrated.Statistics, calibrated.Placed.Lowered.Graph, WeightOptions.Default);
}
