using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Confirmation;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Confirmation;

public class PlanConfirmationTests
{
    private static readonly Study Network = Study.Of();

    [Fact]
    public void The_best_plan_at_the_outputs_comes_first()
    {
        List<int> tried = [];

        IReadOnlyList<PlanTrial> trials = PlanConfirmation.Try(
            Network.Model, [("minmax", Network.MinMax), ("mse", Network.SquaredError)], RangeMethod.Automatic.Selectors, Network.Reference, tried.Add);

        Assert.Equal(Enumerable.Range(1, 7), tried);
        Assert.Equal(["auto", "entropy", "minmax", "mse", "percentile:99.99", "percentile:99.999"], trials.Select(trial => trial.Selector).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(trials.Select(trial => trial.SqnrDb).OrderDescending(), trials.Select(trial => trial.SqnrDb));
        Assert.True(trials[0].SqnrDb > trials[^1].SqnrDb);
        // Each is what its own model gives, not what another one's gave.
        Assert.All(trials, trial => Assert.Equal(trial.SqnrDb, Network.Reference.SqnrDb(trial.Model)));
        PlanTrial weights = Assert.Single(trials, trial => trial.WeightRanges == "mse");
        Assert.Equal(trials.First(trial => trial.WeightRanges == "minmax").Selector, weights.Selector);
    }

    [Fact]
    public void A_named_selector_is_the_only_one_tried()
    {
        PlanTrial trial = Assert.Single(PlanConfirmation.Try(Network.Model, [("minmax", Network.MinMax)], RangeMethod.Entropy.Selectors, Network.Reference, _ => { }));

        Assert.All(trial.Plan.Activations.Values, activation => Assert.Equal("entropy", activation.Method));
    }

    [Fact]
    public void Of_equal_plans_the_first_tried_comes_first()
    {
        IReadOnlyList<PlanTrial> trials = PlanConfirmation.Try(
            Network.Model, [("first", Network.MinMax), ("second", Network.MinMax)], [new MeanSquaredErrorSelector(), new MeanSquaredErrorSelector()], Network.Reference, _ => { });

        Assert.Equal(["first", "first", "second"], trials.Select(trial => trial.WeightRanges));
    }

    [Fact]
    public void Refinement_keeps_only_what_improves_the_outputs()
    {
        PlanTrial start = Assert.Single(PlanConfirmation.Try(Network.Model, [("minmax", Network.MinMax)], [new PercentileSelector(99)], Network.Reference, _ => { }));
        List<int> tried = [];

        PlanTrial refined = PlanRefinement.Refine(Network.Model, start, Network.MinMax, Network.Reference, trials: 5, tried.Add);

        Assert.InRange(tried.Count, 1, 5);
        Assert.True(refined.SqnrDb > start.SqnrDb + 1);
        Assert.Equal(refined.SqnrDb, Network.Reference.SqnrDb(refined.Model));
        Assert.Same(start, PlanRefinement.Refine(Network.Model, start, Network.MinMax, Network.Reference, trials: 0, _ => { }));
    }

    private sealed record Study(OnnxModel Model, RangePlanner MinMax, RangePlanner SquaredError, OutputReference Reference)
    {
        public static Study Of()
        {
            OnnxModel model = ModelNormalizer.Normalize(new GraphBuilder()
                .Input("x", [1, 256]).Gemm("first", "x", 256, 128).Node("Relu", ["first"], ["relu"]).Gemm("y", "relu", 128, 128).Output("y").Build()).Model;
            QuantizationSites sites = Placer.Place(model.Graph, TensorShapes.OfBatch(model), QuantizationTarget.Default.Target, PlacementOptions.Default);
            // Cubes have long tails: the selectors differ.
            ArraySamples samples = ArraySamples.Of(40, [1, 256], (_, values) =>
            {
                for (int i = 0; i < values.Length; i++) values[i] *= values[i] * values[i];
            });
            CalibrationRun run = Calibrator.Run(model, sites.Observed, samples, new CalibrationOptions { Workers = 1, KeepsSamples = true });
            CalibrationStatistics statistics = run.Statistics;
            return new Study(
                model, new RangePlanner(sites, statistics, model.Graph, WeightOptions.Default),
                new RangePlanner(sites, statistics, model.Graph, WeightOptions.Default with { Method = WeightRangeMethod.SquaredError }),
                OutputReference.Record(model, run.Kept, 2, CancellationToken.None));
        }
    }
}
