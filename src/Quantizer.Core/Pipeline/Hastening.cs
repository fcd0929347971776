using System.Globalization;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Speed;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>
/// Gives nodes back to float whose integers take longer than float on this processor, by what each was measured to take in both forms.
/// Rules know what pays as a rule; how long kernels take differs from processor to processor, and with the sizes of a network.
/// </summary>
internal sealed class Hastening(ComparedData compared, Quantization quantization, DataSet? calibration)
{
    /// <summary>Less is not worth other numbers than the rules' own.</summary>
    private const double LeastGain = 1.03;

    /// <summary>What one gives back changes what its neighbours take.</summary>
    private const int MostTrials = 3;

    /// <summary>Where a trial is no faster, ways between integers and float cost more than was thought: other layouts, sums that no longer
    /// disappear into a convolution.</summary>
    private const double Caution = 3;

    private const string Why = "measured on this processor: with it in integers the network takes longer";

    /// <summary>The run with these nodes in float, their weights stored.</summary>
    public QuantizedRun With(QuantizedRun run, IReadOnlyList<string> nodes) =>
        quantization.Replaced(
            run,
            Placer.WithStored(run.Placement.Placed, nodes.ToDictionary(node => node, _ => Why)),
            calibration,
            compared.Sample
        );

    /// <returns>Null where nothing is noticeably faster than the run as it is, by what was measured of its nodes and then of the
    /// whole.</returns>
    public (QuantizedRun Run, IReadOnlyList<string> Nodes)? Faster(QuantizedRun run)
    {
        List<string> given = [];
        QuantizedRun best = run;
        MeasuredForms? measured = null;
        FastestForms? failed = null;
        double caution = 1;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            measured ??= compared.Stages.Run(Stage.MeasureLatency, () => Measured(best));
            if (measured is null)
                break;
            FastestForms forms = measured.Fastest(caution);
            if (forms.Float.Count == 0 || forms.Now < LeastGain * forms.Then || failed?.Float.SequenceEqual(forms.Float) == true)
                break;
            if (Faster(best, forms) is { } faster)
            {
                (best, measured, failed) = (faster, null, null);
                given.AddRange(forms.Float);
            }
            else if (given.Count > 0)
            {
                break;
            }
            else
            {
                (failed, caution) = (forms, Caution * caution);
            }
        }
        return given.Count == 0 ? null : (best, given);
    }

    private QuantizedRun? Faster(QuantizedRun run, FastestForms forms)
    {
        QuantizedRun tried = With(run, forms.Float);
        using InferenceModel now = InferenceModel.Load(run.Quantized.Model);
        using InferenceModel then = InferenceModel.Load(tried.Quantized.Model);
        IReadOnlyList<LatencyResult> times = compared.MeasureLatency(now, then);
        SpeedRatio ratio = SpeedRatio.Of(times[0], times[1]);
        bool isFaster = ratio.Speedup >= LeastGain && ratio.Speedup - ratio.Spread > 1;
        compared.Stages.Note(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Tried {forms.Float.Count} nodes in float, whose integers take longer: {times[1].MinimumMilliseconds:0.000} ms instead of {times[0].MinimumMilliseconds:0.000} ms; {(isFaster ? "taken" : "not taken")}."
            )
        );
        return isFaster ? tried : null;
    }

    private MeasuredForms? Measured(QuantizedRun run)
    {
        PlacedModel placed = run.Placement.Placed;
        OnnxModel quantized = run.Quantized.Model;
        GraphIndex index = new(quantized.Graph);
        if (Times(quantized, node => IntegerWeights.Of(node, index)) is not { } integers)
            return null;
        if (Times(placed.Lowered.Model, _ => null) is not { } floats)
            return null;
        Func<string, IReadOnlyList<long>?> shapes = SampleShapes.Of(
            placed.Lowered.Model,
            placed.Lowered.SampleTensors,
            compared.Sample,
            _ => true
        );
        return new MeasuredForms(placed, integers, floats, tensor => shapes(tensor)?.Aggregate(1L, (product, size) => product * size) ?? 0);

        NodeTimes? Times(OnnxModel model, Func<Node, string?> weightsOf) =>
            placed.Target.TimesOf(model, weightsOf, compared.Sample, compared.Stages.Cancellation);
    }
}
