using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Calibration.Observation;

/// <summary>Samples for one run: a single one as it is, or several joined along their first axis.</summary>
/// <param name="Samples">The samples whose values count, with their places in the source.</param>
/// <param name="Size">First axis of the run's tensors in samples; more than there are samples where the last one is repeated.</param>
internal sealed record SampleBatch(IReadOnlyList<(int Index, Sample Sample)> Samples, int Size)
{
    private Sample First => Samples[0].Sample;

    /// <summary>Whether samples can be joined: same inputs, types and shapes, each with a first axis of one.</summary>
    public static bool CanJoin(IReadOnlyList<(int Index, Sample Sample)> samples) =>
        samples.All(sample => sample.Sample.Inputs.Values.All(input => input.Shape is [1, ..]))
        && FixedBatch.CanJoin([.. samples.Select(sample => sample.Sample.Inputs)]);

    /// <summary>The tensors for a run.</summary>
    public IReadOnlyDictionary<string, TensorValue> Joined() =>
        Size == 1 ? First.Inputs : FixedBatch.Joined([.. Samples.Select(sample => sample.Sample.Inputs)], Size);

    /// <summary>Whether <see cref="CopyTo"/> may fill the tensors that <paramref name="other"/> was joined to.</summary>
    public bool FitsLike(SampleBatch other) =>
        Size == other.Size
        && First.Inputs.Count == other.First.Inputs.Count
        && First.Inputs.All(input =>
            other.First.Inputs.TryGetValue(input.Key, out TensorValue? twin)
            && twin.Type == input.Value.Type
            && twin.Shape.SequenceEqual(input.Value.Shape)
            && twin.Data.Length == input.Value.Data.Length
        );

    /// <summary>Writes the values of one input of all samples, one after the other.</summary>
    public void CopyTo(string input, Span<byte> target)
    {
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<byte> source = Samples[Math.Min(i, Samples.Count - 1)].Sample.Inputs[input].Data.Span;
            source.CopyTo(target[(i * source.Length)..]);
        }
    }
}
