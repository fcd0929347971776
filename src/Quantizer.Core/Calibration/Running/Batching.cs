using System.Runtime.InteropServices;
using Quantizer.Calibration.Observation;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>How many samples go into one run.</summary>
/// <param name="Size">Samples in a run.</param>
/// <param name="IsFixed">The model accepts no other number.</param>
/// <param name="Note">Why it is not what was asked for; null where it is.</param>
internal sealed record Batching(int Size, bool IsFixed, string? Note = null)
{
    private static readonly Batching OneByOne = new(1, false);

    /// <summary>The model's own batch size where it has one, or else the one asked for if that changes no value.</summary>
    /// <param name="readFirst">Gives the first sample that can be read; null when there is none.</param>
    public static Batching For(TappedModel model, int wanted, Func<Sample?> readFirst, CancellationToken cancellation)
    {
        long[] sizes = [.. model.Session.Inputs.Select(FirstSize).Distinct()];
        bool isFixed = sizes is [> 1];
        if ((wanted == 1 && !isFixed) || readFirst() is not { } first)
            return OneByOne;
        // Where others leave theirs open it is no batch: the initial state of a recurrent network has its layers in front. Nor is it where
        // a sample has all of it, such as the colours of a picture without a batch.
        if (isFixed && FixedBatch.MissingFactor(model.Session, first.Inputs) == sizes[0])
            return new Batching((int)sizes[0], IsFixed: true);
        if (wanted == 1)
            return OneByOne;
        if (sizes.Any(fixedSize => fixedSize != Open))
            return OneByOne with { Note = $"The model takes one sample at a time: the batch size {wanted} was not used." };
        return IsSafe(model, first, cancellation)
            ? new Batching(wanted, IsFixed: false)
            : OneByOne with
            {
                Note = $"The model does not treat the samples of a batch independently: the batch size {wanted} was not used.",
            };
    }

    private const long Open = -1;

    /// <summary>The declared size of the first axis; one for scalars, which cannot be joined.</summary>
    private static long FirstSize(TensorSignature input) => input.Shape is { Count: > 0 } shape ? shape[0].Size ?? Open : 1;

    /// <summary>
    /// Whether a batch of the same sample twice gives every observed tensor as twice the tensor of one, bit for bit. Not so
    /// for models that fix the batch in an inner shape, hold it in another axis than the first, or compute across it.
    /// </summary>
    private static bool IsSafe(TappedModel model, Sample sample, CancellationToken cancellation)
    {
        (int, Sample)[] one = [(0, sample)];
        if (!SampleBatch.CanJoin(one))
            return false;
        Dictionary<int, byte[]> single = [];
        using (TappedRun run = new(model, new SampleBatch(one, Size: 1)))
            run.Run((tap, _, values) => single[tap] = MemoryMarshal.AsBytes(values).ToArray(), cancellation);
        bool same = true;
        try
        {
            using TappedRun run = new(model, new SampleBatch(one, Size: 2));
            run.Run((tap, _, values) => same &= IsTwice(single[tap], MemoryMarshal.AsBytes(values)), cancellation);
        }
        catch (QuantizationException)
        {
            // The model has the batch size built in: that is the answer, not a failure.
            return false;
        }
        return same;
    }

    private static bool IsTwice(ReadOnlySpan<byte> single, ReadOnlySpan<byte> twice) =>
        twice.Length == 2 * single.Length && twice[..single.Length].SequenceEqual(single) && twice[single.Length..].SequenceEqual(single);
}
