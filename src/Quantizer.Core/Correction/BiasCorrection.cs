using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Correction;

/// <summary>
/// Gives layers the biases with which the quantized network comes closest to the FP32 one in the mean. Other samples than those that tell
/// the biases decide whether they are taken. The same data give the same biases, for any number of workers.
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

    /// <summary>What the correction gains must exceed the error that its mean over the samples is known to, as for the search's
    /// moves.</summary>
    private const double SureStandardErrors = 1;

    /// <param name="done">Hears the number of layers done.</param>
    /// <returns>Null where there is no layer to correct, there are too few samples, or the networks cannot be run in pieces.</returns>
    public static CorrectionResult? Run(CorrectionSubject subject, int threads, Action<int> done, CancellationToken cancellation)
    {
        OutputReference reference = subject.Reference;
        int count = Math.Min(MostSamples, reference.Count - (reference.Count + HeldOutShare - 1) / HeldOutShare),
            heldOut = Math.Min(MostHeldOut, reference.Count - count);
        if (heldOut < FewestHeldOut || subject.Plan.Weights.All(weights => weights.Site.Bias is null))
            return null;
        SampleWorkers workers = new(threads, cancellation);
        Sample[] samples = [.. reference.Records.Take(count).Select(record => record.Sample)];
        if (TryBiases(subject, samples, workers, done, cancellation) is not ({ Count: > 0 } biases, int kept))
            return null;

        QuantizationPlan corrected = With(subject.Plan, biases);
        using PlanJudge judge = new(subject.Model, reference, workers, cancellation);
        if ((subject.Errors?.From(count) ?? Judged(subject.Plan)) is not { } now)
            return null;
        OutputErrors? then = Judged(corrected);
        bool isTaken = then is not null && IsBetter(reference, now, then, heldOut);
        return new CorrectionResult(
            isTaken ? corrected : subject.Plan,
            isTaken,
            biases.Count,
            kept,
            heldOut,
            reference.SqnrDb(now, heldOut),
            then is null ? null : reference.SqnrDb(then, heldOut)
        );

        OutputErrors? Judged(QuantizationPlan plan) =>
            judge.Judge(plan, double.NegativeInfinity, [.. Enumerable.Range(count, heldOut)], asWritten: true)?.From(count);
    }

    private static QuantizationPlan With(QuantizationPlan plan, IReadOnlyDictionary<string, float[]> biases) =>
        plan with
        {
            Weights =
            [
                .. plan.Weights.Select(weights =>
                    biases.TryGetValue(weights.Site.Node, out float[]? bias) ? weights with { Bias = bias } : weights
                ),
            ],
        };

    /// <returns>The biases by node, and the number of samples that all of them were told by; null where the networks cannot be run in
    /// pieces.</returns>
    private static (IReadOnlyDictionary<string, float[]> Biases, int Kept)? TryBiases(
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
            return (run.Run(samples, done), run.Kept);
        }
        catch (QuantizationException)
        {
            // Biases stay as they are, which every network can live with.
            return null;
        }
    }

    private static bool IsBetter(OutputReference reference, OutputErrors now, OutputErrors then, int samples) =>
        reference.SqnrDb(then, samples) > reference.SqnrDb(now, samples)
        && PairedGain.StandardErrors(now, then, samples) >= SureStandardErrors;
}
