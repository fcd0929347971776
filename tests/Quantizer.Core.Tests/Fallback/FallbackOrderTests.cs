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
using Quantizer.Testing;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Fallback;

/// <summary>Two layers, the first of which min/max ranges ruin.</summary>
public sealed class FallbackOrderTests
{
    private readonly CalibratedModel _calibrated;
    private readonly ArraySamples _samples = ArraySamples.Of(OutlierNetwork.Samples, [1, OutlierNetwork.Width], OutlierNetwork.EditSample);

    public FallbackOrderTests()
    {
        PlacedModel placed = Placer.Place(ModelNormalizer.Normalize(OutlierNetwork.Build()), QuantizationTarget.Default.Target);
        _calibrated = Calibrator.Calibrate(placed, _samples, new CalibrationOptions(), _ => { }, CancellationToken.None);
    }

    [Fact]
    public void The_part_with_the_most_error_for_its_work_comes_first()
    {
        IReadOnlyList<FallbackPart> order = Order(() => true);

        Assert.Equal(["Gemm_hidden", "Gemm_y"], order.SelectMany(part => part.Nodes));
        Assert.True(order[0].Error > 10 * order[1].Error, $"{order[0].Error} and {order[1].Error}");
        Assert.InRange(order[1].Error, 1e-6, 0.1);
    }

    [Fact]
    public void Without_time_nothing_is_measured_and_all_parts_are_there()
    {
        IReadOnlyList<FallbackPart> order = Order(() => false);

        Assert.Equal(["Gemm_hidden", "Gemm_y"], order.SelectMany(part => part.Nodes));
        Assert.All(order, part => Assert.Equal(0, part.Error));
    }

    private IReadOnlyList<FallbackPart> Order(Func<bool> hasTime)
    {
        OnnxModel model = _calibrated.Placed.Lowered.Model;
        SampleWorkers workers = new(1, CancellationToken.None);
        Sample[] samples = [.. Enumerable.Range(0, 8).Select(_samples.Load)];
        using PlanJudge judge = new(
            model,
            OutputReference.Record(model, samples, workers, _ => { }, CancellationToken.None),
            workers,
            CancellationToken.None
        );
        WorkCount work = WorkCount.Of(model.Graph, SampleShapes.Of(model, _calibrated.Placed.Lowered.SampleTensors, samples[0].Inputs));
        return FallbackOrder.Of(_calibrated, FallbackCost.OfWork(work), judge, PlanOf, hasTime, _ => { });
    }

    private static QuantizationPlan PlanOf(CalibratedModel alone) =>
        new RangePlanner(alone.Placed.Sites, alone.Statistics, alone.Placed.Lowered.Graph, WeightOptions.Default).Plan(
            new MinMaxSelector()
        );
}
