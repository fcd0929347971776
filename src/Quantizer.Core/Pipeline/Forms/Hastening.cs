using System.Globalization;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Reporting.Texts;
using Quantizer.Speed;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline.Forms;

/// <summary>
/// Gives nodes back to float whose integers take longer than float on this processor, by what each was measured to take in both forms.
/// Rules know what pays as a rule; how long kernels take differs from processor to processor, and with the sizes of a network.
/// </summary>
internal sealed class Hastening(ComparedData compared, Quantization quantization, DataSet? calibration)
{
    /// <summary>Less is not worth other numbers than the rules' own.</summary>
    private const double LeastGain = 1.03;

    /// <summary>What one gives back changes what its neighbours take.</summary>
    private const int Rounds = 2;

    /// <summary>Ways between integers and float may cost more than was measured where they are now: other layouts, sums that no longer
    /// disappear into a convolution. What is right for a network is tried.</summary>
    private static readonly double[] Cautions = [1, 3, 9];

    private const string Why = "measured on this processor: with it in integers the network takes longer";

    private (QuantizedRun Run, (QuantizedRun, IReadOnlyList<string>)? Faster)? _last;

    /// <summary>The run with these nodes in float, their weights stored.</summary>
    public QuantizedRun With(QuantizedRun run, IReadOnlyList<string> nodes) =>
        quantization.Recorrected(run, Placed(run, nodes), calibration, compared.Sample);

    /// <returns>With the numbers of the run that it comes from, which take as long as its own. Null where nothing is noticeably faster
    /// than the run as it is, by what was measured of its nodes and then of the whole; the same for the same run.</returns>
    public (QuantizedRun Run, IReadOnlyList<string> Nodes)? Faster(QuantizedRun run)
    {
        if (_last is not { } last || !ReferenceEquals(last.Run, run))
            _last = last = (run, Found(run));
        return last.Faster;
    }

    private static PlacedModel Placed(QuantizedRun run, IReadOnlyList<string> nodes) =>
        Placer.WithStored(run.Placement.Placed, nodes.ToDictionary(node => node, _ => Why));

    private (QuantizedRun Run, IReadOnlyList<string> Nodes)? Found(QuantizedRun run)
    {
        List<string> given = [];
        for (int round = 0; round < Rounds && Step(run) is { } step; round++)
        {
            run = step.Run;
            given.AddRange(step.Nodes);
        }
        return given.Count == 0 ? null : (run, given);
    }

    private (QuantizedRun Run, IReadOnlyList<string> Nodes)? Step(QuantizedRun run)
    {
        try
        {
            return compared.Stages.Run(Stage.MeasureLatency, () => Measured(run)) is { } measured ? Fastest(run, measured) : null;
        }
        catch (QuantizationException)
        {
            // What the runtime cannot open as it optimized it, or time, keeps the form that the rules gave it.
            return null;
        }
    }

    private (QuantizedRun Run, IReadOnlyList<string> Nodes)? Fastest(QuantizedRun run, MeasuredForms measured)
    {
        FastestForms[] forms =
        [
            .. Cautions
                .Select(measured.Fastest)
                .Where(forms => forms.Float.Count > 0 && forms.Now >= LeastGain * forms.Then)
                .DistinctBy(forms => string.Join('\n', forms.Float)),
        ];
        if (forms.Length == 0)
            return null;
        QuantizedRun[] tried = [.. forms.Select(form => quantization.Replaced(run, Placed(run, form.Float), calibration, compared.Sample))];
        (int best, SpeedRatio ratio) = Fastest(run, tried);
        bool isFaster = ratio.Speedup >= LeastGain && ratio.Speedup - ratio.Spread > 1;
        compared.Stages.Note(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Tried {forms[best].Float.Count} nodes in float whose integers take longer: {ratio.Speedup:0.00}x as fast; {(isFaster ? "taken" : "not taken")}."
            )
        );
        string nodes = $"{FigureText.Count(forms[best].Float.Count, "node")} whose integers take longer";
        compared.Stages.Tried.AddTimed("float", nodes, ratio.Speedup, isFaster);
        return isFaster ? (tried[best], forms[best].Float) : null;
    }

    /// <summary>Which of the runs is fastest, and how much faster than the one they come from.</summary>
    private (int Best, SpeedRatio Ratio) Fastest(QuantizedRun run, IReadOnlyList<QuantizedRun> tried)
    {
        IReadOnlyList<LatencyResult> times = compared.MeasureLatency([
            .. tried.Prepend(run).Select(one => (Func<InferenceModel>)(() => InferenceModel.Load(one.Quantized.Model))),
        ]);
        return times.Skip(1).Select((time, i) => (i, SpeedRatio.Of(times[0], time))).MaxBy(other => other.Item2.Speedup);
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
