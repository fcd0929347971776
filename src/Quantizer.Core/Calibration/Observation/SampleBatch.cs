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
        samples.All(sample =>
            sample.Sample.Inputs.Count == samples[0].Sample.Inputs.Count
            && sample.Sample.Inputs.All(input =>
                samples[0].Sample.Inputs.TryGetValue(input.Key, out TensorValue? first)
                && input.Value.Shape is [1, ..]
                && input.Value.Type == first.Type
                && input.Value.Shape.SequenceEqual(first.Shape)
                && input.Value.Data.Length == first.Data.Length
            )
        );

    /// <summary>The tensors for a run.</summary>
    public IReadOnlyDictionary<string, TensorValue> Joined()
    {
        if (Size == 1)
            return First.Inputs;
        Dictionary<string, TensorValue> joined = [];
        foreach ((string name, TensorValue first) in First.Inputs)
        {
            byte[] data = new byte[first.Data.Length * Size];
            CopyTo(name, data);
            joined[name] = first with { Shape = [Size, .. first.Shape.Skip(1)], Data = data };
        }
        return joined;
    }

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
