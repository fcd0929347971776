using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Targets;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Search;

/// <summary>A network with what a search needs: sites, statistics, planners and recorded outputs.</summary>
internal sealed record Study(OnnxModel Model, QuantizationSites Sites, CalibrationStatistics Statistics, IReadOnlyList<Sample> Samples)
{
    private static readonly Lazy<Study> Made = new(() =>
        Of(
            new GraphBuilder()
                .Input("x", [1, 256])
                .Gemm("first", "x", 256, 128)
                .Node("Relu", ["first"], ["relu"])
                .Gemm("y", "relu", 128, 128)
                .Output("y")
                .Build()
        )
    );

    private static readonly Lazy<Study> MadeOfOutliers = new(() =>
        Of(OutlierNetwork.Build(), ArraySamples.Of(OutlierNetwork.Samples, [1, OutlierNetwork.Width], OutlierNetwork.EditSample))
    );

    /// <summary>Two layers on values with long tails: the selectors differ.</summary>
    public static Study LongTails => Made.Value;

    /// <summary>A network that needs another selector for each of its two tensors.</summary>
    public static Study Outliers => MadeOfOutliers.Value;

    public RangePlanner MinMax { get; } = new(Sites, Statistics, Model.Graph, WeightOptions.Default);

    public RangePlanner SquaredError { get; } =
        new(Sites, Statistics, Model.Graph, WeightOptions.Default with { Method = WeightRangeMethod.SquaredError });

    public OutputReference Reference { get; } =
        OutputReference.Record(Model, Samples, new SampleWorkers(2, CancellationToken.None), _ => { }, CancellationToken.None);

    public SearchSubject Subject => new(Model, Sites, Statistics, Samples, Macs: 1_000_000);

    public PlanJudge Judge => JudgeOf(workers: 2);

    public PlanJudge JudgeOf(int workers) =>
        new(Model, Reference, new SampleWorkers(workers, CancellationToken.None), CancellationToken.None);

    /// <summary>The network with its activations in another form.</summary>
    public Study With(ActivationMode activations) =>
        new(
            Model,
            Placer.Place(
                Model.Graph,
                TensorShapes.OfBatch(Model),
                QuantizationTarget.Default.Target,
                PlacementOptions.Default with
                {
                    Activations = activations,
                }
            ),
            Statistics,
            Samples
        );

    /// <summary>Calibrated on cubes of random numbers: long tails.</summary>
    /// <param name="source">A network with one input "x" of fixed shape.</param>
    public static Study Of(OnnxModel source, int count = 40) =>
        Of(
            source,
            count,
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] *= values[i] * values[i];
            }
        );

    /// <summary>Calibrated on values that are much like their neighbours, as those of pictures are.</summary>
    /// <param name="source">A network with one input "x" of fixed shape.</param>
    public static Study OfSmooth(OnnxModel source, int count = 40) =>
        Of(
            source,
            count,
            values =>
            {
                for (int i = 1; i < values.Length; i++)
                    values[i] = 0.9f * values[i - 1] + 0.1f * values[i];
            }
        );

    private static Study Of(OnnxModel source, int count, Action<float[]> edit) =>
        Of(
            source,
            ArraySamples.Of(count, [.. source.Graph.Inputs[0].Shape!.Select(axis => axis.Size!.Value)], (_, values) => edit(values))
        );

    private static Study Of(OnnxModel source, ArraySamples samples)
    {
        OnnxModel model = ModelNormalizer.Normalize(source).Model;
        QuantizationSites sites = Placer.Place(
            model.Graph,
            TensorShapes.OfBatch(model),
            QuantizationTarget.Default.Target,
            PlacementOptions.Default
        );
        CalibrationRun run = Calibrator.Run(model, sites.Observed, samples, new CalibrationOptions { Workers = 1, KeepsSamples = true });
        return new Study(model, sites, run.Statistics, run.Kept);
    }
}
