using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Correction;

/// <summary>
/// Gives layers the biases, and their weights the rounding, with which the quantized network comes closest to the FP32 one. Other samples
/// than those that tell the numbers decide whether they are taken. The same data give the same numbers, for any number of workers.
/// </summary>
internal static class BiasCorrection
{
    /// <summary>Each has as many places as a layer has pixels. With 64, ResNet-56 gains nothing and RepVGG a decibel less.</summary>
    private const int MostSamples = 128;

    /// <summary>One in so many samples is held out, at least.</summary>
    private const int HeldOutShare = 4;

    /// <summary>A single sample cannot tell how sure a gain is.</summary>
    private const int FewestHeldOut = 2;

    /// <summary>More would cost more than they tell.</summary>
    private const int MostHeldOut = 256;

    /// <summary>Of samples: more are not looked at.</summary>
    public const int MostUsed = MostSamples + MostHeldOut;

    /// <summary>Multiply-accumulates of one network on the samples. Where there are more, biases alone are not tried after biases and
    /// weights: a detector of text took as long for that as for all of its search, and gained nothing.</summary>
    private const double MostTwice = 15e9;

    /// <summary>What the correction gains must exceed the error that its mean over the samples is known to, as for the search's
    /// moves.</summary>
    private const double SureStandardErrors = 1;

    /// <param name="done">Hears the number of layers done; where both are tried, from the first again.</param>
    /// <returns>Null where there is no layer to correct, there are too few samples, or the networks cannot be run in pieces.</returns>
    public static CorrectionResult? Run(CorrectionSubject subject, int threads, Action<int> done, CancellationToken cancellation)
    {
        OutputReference reference = subject.Reference;
        (int count, int heldOut) = Split(reference.Count);
        IReadOnlyList<LayerNumbers> layers = subject.Layers;
        if (heldOut < FewestHeldOut || layers.Count == 0)
            return null;
        SampleWorkers workers = new(threads, cancellation);
        Sample[] samples = [.. reference.Records.Take(count).Select(record => record.Sample)];
        using PlanJudge judge = new(subject.Model, reference, workers, cancellation);
        if ((subject.Errors?.From(count) ?? Judged(subject.Plan)) is not { } now)
            return null;
        CorrectionTrial? best = null;
        bool isTaken = false;
        foreach (bool rounds in subject.RoundsWeights ? new[] { true, false } : [false])
        {
            if (TryNumbers(subject, samples, rounds, workers, done, cancellation) is not { IsEmpty: false } numbers)
                continue;
            QuantizationPlan plan = new CorrectedPlan(layers, numbers).Of(subject.Plan);
            CorrectionTrial trial = new(numbers, plan, Judged(plan));
            isTaken = trial.Errors is { } then && IsBetter(reference, now, then, heldOut);
            // A sure gain goes before a larger one that is not.
            if (best is null || isTaken || DbOf(trial) > DbOf(best))
                best = trial;
            // Biases alone seldom gain more.
            if (isTaken || numbers.Weights.Count == 0 || (double)subject.Macs * numbers.Samples > MostTwice)
                break;
        }

        return best is null
            ? null
            : new CorrectionResult(
                isTaken ? best.Plan : subject.Plan,
                subject.Plan,
                isTaken,
                best.Numbers.Layers,
                best.Numbers.Weights.Count,
                best.Numbers.Samples,
                heldOut,
                reference.SqnrDb(now, heldOut),
                best.Errors is null ? null : DbOf(best)
            );

        double DbOf(CorrectionTrial trial) => trial.Errors is { } errors ? reference.SqnrDb(errors, heldOut) : double.NegativeInfinity;

        OutputErrors? Judged(QuantizationPlan plan) =>
            judge.Judge(plan, double.NegativeInfinity, [.. Enumerable.Range(count, heldOut)], asWritten: true)?.From(count);
    }

    /// <summary>Whether so many samples tell enough to correct anything.</summary>
    public static bool AreEnough(int samples) => Split(samples).HeldOut >= FewestHeldOut;

    private static (int Count, int HeldOut) Split(int samples)
    {
        int count = Math.Min(MostSamples, samples - (samples + HeldOutShare - 1) / HeldOutShare);
        return (count, Math.Min(MostHeldOut, samples - count));
    }

    /// <param name="rounds">Whether weights are rounded anew, too.</param>
    /// <returns>Null where the networks cannot be run in pieces.</returns>
    private static CorrectedNumbers? TryNumbers(
        CorrectionSubject subject,
        Sample[] samples,
        bool rounds,
        SampleWorkers workers,
        Action<int> done,
        CancellationToken cancellation
    )
    {
        try
        {
            OnnxModel quantized = GraphRewriter.Rewrite(subject.Model, CorrectedPlan.Readable(subject.Plan, subject.Layers));
            if (TwoStreams.Join(subject.Model, quantized) is not { } streams)
                return null;
            LayerwiseRun run = new(streams, LayerWaves.Of(subject.Model, subject.Plan, streams, rounds), workers, cancellation);
            return run.Run(samples, done);
        }
        catch (QuantizationException)
        {
            // Numbers stay as they are, which every network can live with.
            return null;
        }
    }

    /// <param name="Errors">On the held-out samples; null where the corrected network does not run.</param>
    private sealed record CorrectionTrial(CorrectedNumbers Numbers, QuantizationPlan Plan, OutputErrors? Errors);

    private static bool IsBetter(OutputReference reference, OutputErrors now, OutputErrors then, int samples) =>
        reference.SqnrDb(then, samples) > reference.SqnrDb(now, samples)
        && PairedGain.StandardErrors(now, then, samples, reference.Weights) >= SureStandardErrors;
}
