using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Correction;

/// <summary>
/// Gives layers the biases with which the quantized network comes closest to the FP32 one in the mean. Some samples are held out, and the
/// biases are taken only if the outputs gain on them. The same data give the same biases, for any number of workers.
/// </summary>
internal static class BiasCorrection
{
    /// <summary>Each has as many places as a layer has pixels: on CIFAR-10 networks 512 gain no more than 128.</summary>
    private const int MostSamples = 128;

    /// <summary>One in so many samples is held out, at least.</summary>
    private const int HeldOutShare = 4;

    /// <summary>As for the search's moves (<see cref="PlanRefinement"/>).</summary>
    private const double SureStandardErrors = 1;

    /// <returns>Null where there is no layer to correct, there are too few samples, or the networks cannot be run in pieces.</returns>
    public static CorrectionResult? Run(CorrectionSubject subject, int threads, Action<int> done, CancellationToken cancellation)
    {
        OutputReference reference = subject.Reference;
        int count = Math.Min(MostSamples, reference.Count - (reference.Count + HeldOutShare - 1) / HeldOutShare);
        if (count < 1 || subject.Plan.Weights.All(weights => weights.Site.Bias is null))
            return null;
        SampleWorkers workers = new(threads, cancellation);
        Sample[] samples = [.. reference.Records.Take(count).Select(record => record.Sample)];
        if (TryCorrect(subject, samples, workers, done, cancellation) is not { Count: > 0 } biases)
            return null;
        QuantizationPlan corrected = subject.Plan with
        {
            Weights = [.. subject.Plan.Weights.Select(weights => biases.TryGetValue(weights.Site.Node, out float[]? bias) ? weights with { Bias = bias } : weights)],
        };
        using PlanJudge judge = new(subject.Model, reference, workers, cancellation);
        if ((subject.Errors ?? Judged(subject.Plan)) is not { } errors)
            return null;
        OutputErrors? then = Judged(corrected);
        OutputErrors heldOutNow = errors.From(count);
        int heldOut = reference.Count - count;
        bool isTaken = then is not null && IsBetter(reference, heldOutNow, then.From(count), heldOut);
        return new CorrectionResult(
            isTaken ? corrected : subject.Plan,
            isTaken,
            biases.Count,
            count,
            heldOut,
            reference.SqnrDb(heldOutNow, heldOut),
            then is null ? null : reference.SqnrDb(then.From(count), heldOut),
            judge.SqnrDb(isTaken ? then! : errors)
        );

        OutputErrors? Judged(QuantizationPlan plan) => judge.Judge(plan, double.NegativeInfinity, judge.Order, asWritten: true);
    }

    private static IReadOnlyDictionary<string, float[]>? TryCorrect(
        CorrectionSubject subject,
        Sample[] samples,
        SampleWorkers workers,
        Action<int> done,
        CancellationToken cancellation
    )
    {
        try
        {
            OnnxModel quantized = GraphRewriter.Rewrite(subject.Model, subject.Plan);
            if (TwoStreams.Join(subject.Model, quantized) is not { } streams)
                return null;
            LayerwiseRun run = new(streams, LayerWaves.Of(subject.Model, subject.Plan, streams), workers, cancellation);
            return run.Run(samples, done);
        }
        catch (QuantizationException)
        {
            // Biases stay as they are, which every network can live with.
            return null;
        }
    }

    /// <summary>Better in the mean, by more than that mean may be off.</summary>
    private static bool IsBetter(OutputReference reference, OutputErrors now, OutputErrors then, int samples) =>
        reference.SqnrDb(then, samples) > reference.SqnrDb(now, samples) && PairedGain.StandardErrors(now, then, samples) >= SureStandardErrors;
}
