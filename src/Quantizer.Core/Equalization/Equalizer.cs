using Quantizer.Equalization.Channels;
using Quantizer.Equalization.Modelling;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Equalization;

/// <summary>
/// Moves scales of channels between neighbouring layers, which changes nothing in FP32 and a lot in 8 bits, where all channels of a
/// tensor share one step. Scales are chosen by a model of the error on three quarters of the samples, and kept only if the outputs of the
/// fourth show less of it.
/// </summary>
internal sealed class Equalizer
{
    /// <summary>Every so many-th sample is held out.</summary>
    private const int HeldOut = 4;

    /// <summary>Fewer samples would not tell what scales do to others.</summary>
    private const int FewestSamples = 2 * HeldOut;

    /// <summary>Samples that tell whether scales are worth a closer look.</summary>
    private const int FirstSamples = 48;

    /// <summary>Samples that ranges are taken from where scales are tried, at most.</summary>
    private const int MostCalibrated = 128;

    /// <summary>The same, at least.</summary>
    private const int FewestCalibrated = 8;

    /// <summary>Multiply-accumulates of a model's run on those samples: a second on one core.</summary>
    private const double CalibratedMacs = 40e9;

    /// <summary>From so many samples on, what calibration saw of a channel is about all that there is.</summary>
    private const int TrustedSamples = 256;

    /// <summary>With fewer of them a channel may be taken to reach so much further: SqueezeNet on 34 pictures gained 2.3 dB on those
    /// themselves without, and lost 0.8 on others.</summary>
    private const float Margin = 2f;

    /// <summary>Less is not worth other weights than the user's.</summary>
    private const double NoticeableDb = 0.3;

    /// <summary>What multiplications must gain beyond what scales without them gain: between convolutions they are tensors of their own in
    /// integers, and cost a speech network a seventh of its time.</summary>
    private const double NodesMustGainDb = 1;

    /// <summary>The same between linear layers: in a transformer they cost 2 to 5 % of the time. Half a decibel on the samples held out was
    /// 1.0 dB on all with fixed ranges, and 1.6 dB with ranges of each run.</summary>
    private const double LinearNodesMustGainDb = 0.4;

    /// <summary>What is gained must exceed the error of its mean over the samples.</summary>
    private const double SureStandardErrors = 1;

    private readonly OutputReference _reference;
    private readonly EqualizationOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly SampleWorkers _workers;
    private readonly Ground _ground;
    private readonly int[] _held;
    private readonly Sample[] _fitting;

    /// <summary>What the first of the fitting samples showed, and how many those are.</summary>
    private (IReadOnlyDictionary<string, ChannelMoments> Moments, int Samples)? _seen;

    private Equalizer(Ground ground, OutputReference reference, EqualizationOptions options, CancellationToken cancellation)
    {
        (_ground, _reference, _options, _cancellation) = (ground, reference, options, cancellation);
        _workers = new SampleWorkers(options.Workers, cancellation);
        _held = [.. Enumerable.Range(0, reference.Count).Where(sample => sample % HeldOut == HeldOut - 1)];
        _fitting = [.. Enumerable.Range(0, reference.Count).Except(_held).Select(sample => reference.Records[sample].Sample)];
    }

    private int Calibrated => (int)Math.Clamp(CalibratedMacs / Math.Max(_options.Macs, 1), FewestCalibrated, MostCalibrated);

    private IEnumerable<float> Margins => _reference.Count < TrustedSamples ? [1f, Margin] : [1f];

    /// <param name="placed">The model as it is.</param>
    /// <param name="plan">Its best plan.</param>
    /// <param name="reference">Samples with the FP32 model's outputs.</param>
    /// <param name="promising">Told once, where scales are tried at all.</param>
    /// <returns>Null where no scales are noticeably better.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EqualizedModel? Find(
        PlacedModel placed,
        QuantizationPlan plan,
        OutputReference reference,
        EqualizationOptions options,
        Action promising,
        CancellationToken cancellation
    )
    {
        if (reference.Count < FewestSamples || plan.Sites.Weights.Count + plan.Sites.Dynamic.Count == 0)
            return null;
        Ground ground = Ground.Of(placed, plan, reference.Records[0].Sample);
        return ground.HasFreedom ? new Equalizer(ground, reference, options, cancellation).Find(placed, promising) : null;
    }

    private EqualizedModel? Find(PlacedModel placed, Action promising)
    {
        // Between linear layers outliers differ from sample to sample: a few samples do not tell.
        if (!_ground.IsLinear && FirstGainDb() < _options.LeastPredictedDb)
            return null;
        promising();
        IReadOnlyList<ScaleCandidate> candidates = Candidates();
        if (candidates.Max(candidate => candidate.GainDb) < _options.LeastPredictedDb)
            return null;
        ScaleTrials trials = new(_reference.Part(_held), [.. _fitting.Take(Calibrated)], _options, _workers, _cancellation);
        if (trials.ErrorsOf(placed) is not { } now)
            return null;
        double ofNodes = _ground.IsLinear ? LinearNodesMustGainDb : NodesMustGainDb;
        EqualizedModel? best = null;
        double most = NoticeableDb;
        foreach (ScaleCandidate candidate in candidates.Where(candidate => candidate.GainDb > NoticeableDb))
        {
            double cost = candidate.CostsNodes ? ofNodes : 0;
            if (candidate.GainDb - cost <= most || Tried(candidate) is not { } tried || tried.GainDb - cost <= most)
                continue;
            (best, most) = (tried, tried.GainDb - cost);
        }
        return best;

        EqualizedModel? Tried(ScaleCandidate candidate)
        {
            ChannelScales scales = ChannelScales.Of(_ground.Flow.Variables, candidate.Logarithms);
            if (_ground.With(scales) is not { } scaled || !trials.IsExact(scaled) || trials.ErrorsOf(scaled) is not { } then)
                return null;
            return trials.StandardErrors(now, then) < SureStandardErrors
                ? null
                : new EqualizedModel(scaled, _ground.ScaledBy(scales), candidate.GainDb, trials.SqnrDb(then) - trials.SqnrDb(now));
        }
    }

    /// <summary>What scales that were fitted to a few samples gain on a few others: of residual networks nothing, so that no work is put
    /// into them.</summary>
    private double FirstGainDb()
    {
        int half = Math.Min(_fitting.Length, FirstSamples) / 2;
        IReadOnlyDictionary<string, ChannelMoments> some = Observed(_fitting.AsSpan(0, half)),
            others = Observed(_fitting.AsSpan(half, half));
        ErrorModel other = Model(others, margin: 1f);
        float[] margins = [.. Margins];
        double gain = _workers.Map(margins.Length, at => ScaleSolution.FirstGainDb(Model(some, margins[at]), other, _cancellation)).Max();
        _seen = (Merged(some, others), 2 * half);
        return gain;
    }

    private IReadOnlyList<ScaleCandidate> Candidates()
    {
        IReadOnlyDictionary<string, ChannelMoments> moments = Observed(_fitting.AsSpan(_seen?.Samples ?? 0));
        if (_seen is { } seen)
            moments = Merged(seen.Moments, moments);
        float[] margins = [.. Margins];
        IReadOnlyList<ScaleCandidate>[] solved = _workers.Map(
            margins.Length,
            at => ScaleSolution.Of(Model(moments, margins[at]), _ground.InsertedVariables, _cancellation)
        );
        return [.. solved.SelectMany(candidates => candidates)];
    }

    private IReadOnlyDictionary<string, ChannelMoments> Observed(ReadOnlySpan<Sample> samples) =>
        ChannelObservation.Of(_ground.Placed.Lowered.Model, _ground.Reads.Layouts, samples.ToArray(), _workers, _cancellation);

    private static IReadOnlyDictionary<string, ChannelMoments> Merged(
        IReadOnlyDictionary<string, ChannelMoments> moments,
        IReadOnlyDictionary<string, ChannelMoments> others
    )
    {
        foreach ((string tensor, ChannelMoments ofTensor) in moments)
            ofTensor.Merge(others[tensor]);
        return moments;
    }

    private ErrorModel Model(IReadOnlyDictionary<string, ChannelMoments> moments, float margin) =>
        new ModelBuilder(_ground.Reads, _ground.Flow.Variables, moments, _ground.RangeOf, margin).Build();
}
