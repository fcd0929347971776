using Quantizer.Calibration;
using Quantizer.Calibration.Running;
using Quantizer.Equalization.Channels;
using Quantizer.Equalization.Modelling;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Search.Trials;
using Quantizer.Work;

namespace Quantizer.Equalization;

/// <summary>
/// Moves scales of channels between neighbouring layers, which changes nothing in FP32 and a lot in 8 bits, where all channels of a
/// tensor share one step: scales are chosen by a model of the error on three quarters of the samples, and kept only if the outputs of the
/// fourth show less of it.
/// </summary>
internal sealed class Equalizer
{
    /// <summary>Every so many-th sample is held out.</summary>
    private const int HeldOut = 4;

    /// <summary>Samples that tell whether scales are worth a closer look.</summary>
    private const int FirstSamples = 48;

    /// <summary>From so many samples on, what calibration saw of a channel is about all that there is.</summary>
    private const int TrustedSamples = 256;

    /// <summary>With fewer of them a channel is taken to reach so much further: 34 pictures gained 2.3 dB on themselves without, and lost 0.8
    /// on others.</summary>
    private const float Margin = 2f;

    /// <summary>Half of the smallest gain that is worth other weights than the user's.</summary>
    private const double NoticeableDb = 0.3;

    /// <summary>Signal over the rounding of floats: what is below is another function.</summary>
    private const double ExactDb = 70;

    private readonly PlacedModel _placed;
    private readonly QuantizationPlan _plan;
    private readonly OutputReference _reference;
    private readonly EqualizationOptions _options;
    private readonly SampleWorkers _workers;
    private readonly CancellationToken _cancellation;
    private readonly ChannelFlow _flow;
    private readonly QuantizedReads _reads;

    private Equalizer(
        PlacedModel placed,
        QuantizationPlan plan,
        OutputReference reference,
        EqualizationOptions options,
        CancellationToken cancellation
    )
    {
        (_placed, _plan, _reference, _options, _cancellation) = (placed, plan, reference, options, cancellation);
        _workers = new SampleWorkers(options.Workers, cancellation);
        NormalizedShapes shapes = new(placed, reference.Records[0].Sample);
        _flow = ChannelFlow.Of(placed.Lowered.Graph, shapes.Of);
        _reads = QuantizedReads.Of(placed, _flow);
    }

    /// <param name="calibrated">The model as it is.</param>
    /// <param name="plan">Its best plan.</param>
    /// <param name="reference">Samples with the FP32 model's outputs.</param>
    /// <returns>Null where no scales are noticeably better.</returns>
    public static EqualizedModel? Find(
        CalibratedModel calibrated,
        QuantizationPlan plan,
        OutputReference reference,
        EqualizationOptions options,
        Action<string> debug,
        CancellationToken cancellation
    )
    {
        if (reference.Count < 2 * HeldOut || plan.Sites.IsEmpty)
            return null;
        return new Equalizer(calibrated.Placed, plan, reference, options, cancellation).Find(calibrated, debug);
    }

    private EqualizedModel? Find(CalibratedModel calibrated, Action<string> debug)
    {
        if (_reads.Layouts.Values.All(layout => layout.IsUniform || layout.Variables.All(_flow.Variables.IsLocked)))
            return null;
        int[] held = [.. Enumerable.Range(0, _reference.Count).Where(sample => sample % HeldOut == HeldOut - 1)];
        Sample[] fitting =
        [
            .. Enumerable.Range(0, _reference.Count).Except(held).Select(sample => _reference.Records[sample].Sample),
        ];
        IReadOnlyList<(double[] Logarithms, double GainDb)> candidates = Candidates([.. fitting.Take(FirstSamples)]);
        debug($"first {string.Join(' ', candidates.Select(c => c.GainDb.ToString("0.00")))}");
        if (candidates.Select(candidate => candidate.GainDb).DefaultIfEmpty(0).Max() < _options.LeastPredictedDb)
            return null;
        if (fitting.Length > FirstSamples)
            candidates = Candidates(fitting);
        debug($"all {string.Join(' ', candidates.Select(c => c.GainDb.ToString("0.00")))}");
        OutputReference judged = _reference.Part(held);
        if (Judge(Calibrate(_placed, fitting), judged) is not { } now)
            return null;
        EqualizedModel? best = null;
        foreach ((double[] logarithms, double predicted) in candidates)
        {
            ChannelScales scales = ChannelScales.Of(_flow.Variables, [.. logarithms.Select(log => log / Math.Log(2))]);
            if (!scales.AreAny || ScaledModel.Of(_placed.Lowered.Model, _flow, scales) is not { } scaled || !IsExact(scaled, judged))
                continue;
            PlacedModel placed = Placer.WithLowered(_placed, _placed.Lowered with { Model = scaled });
            if (Judge(Calibrate(placed, fitting), judged) is not { } then)
                continue;
            double gain = judged.SqnrDb(then, judged.Count) - judged.SqnrDb(now, judged.Count);
            debug($"predicted {predicted:0.00}, gains {gain:0.00} from {judged.SqnrDb(now, judged.Count):0.00}, {PairedGain.StandardErrors(now, then, judged.Count):0.0}");
            if (gain > Math.Max(NoticeableDb, best?.GainDb ?? 0) && PairedGain.StandardErrors(now, then, judged.Count) >= 1)
                best = new EqualizedModel(placed, [.. Scaled(scales)], predicted, gain);
        }
        return best;
    }

    private IReadOnlyList<(double[] Logarithms, double GainDb)> Candidates(IReadOnlyList<Sample> samples)
    {
        IReadOnlyDictionary<string, ChannelMoments> moments = ChannelObservation.Of(
            _placed.Lowered.Model,
            _reads.Layouts,
            samples,
            _workers,
            _cancellation
        );
        float[] margins = _reference.Count < TrustedSamples ? [1f, Margin] : [1f];
        return
        [
            .. margins.SelectMany(margin => ScaleCandidates.Of(
                new ModelBuilder(_reads, _flow.Variables, moments, _plan, margin).Build(),
                _cancellation
            )),
        ];
    }

    private CalibratedModel Calibrate(PlacedModel placed, IReadOnlyList<Sample> samples) =>
        Calibrator.Calibrate(
            placed,
            new KeptSamples(samples),
            new CalibrationOptions { Workers = _options.Workers, Sampled = _options.Sampled },
            cancellation: _cancellation
        );

    /// <summary>The errors at the outputs with the ranges of one selector; null where the model does not run.</summary>
    private OutputErrors? Judge(CalibratedModel calibrated, OutputReference judged)
    {
        PlacedModel placed = calibrated.Placed;
        RangePlanner planner = new(placed.Sites, calibrated.Statistics, placed.Lowered.Graph, _options.Weights);
        using PlanJudge judge = new(placed.Lowered.Model, judged, _workers, _cancellation);
        return judge.Judge(planner.Plan(_options.Selector), double.NegativeInfinity, judge.Order);
    }

    private bool IsExact(OnnxModel scaled, OutputReference judged)
    {
        using InferenceModel model = InferenceModel.Load(scaled);
        OutputErrors errors = JudgedRun.On(
            model,
            judged,
            [.. Enumerable.Range(0, judged.Count)],
            _ => false,
            _workers,
            _cancellation
        )!;
        return judged.SqnrDb(errors, judged.Count) >= ExactDb;
    }

    private IEnumerable<string> Scaled(ChannelScales scales) =>
        _reads.Layouts.Where(tensor => tensor.Value.Variables.Any(variable => scales[variable] != 1)).Select(tensor => tensor.Key);
}
