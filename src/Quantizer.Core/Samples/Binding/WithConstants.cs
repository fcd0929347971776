using Quantizer.Graphs;

namespace Quantizer.Samples.Binding;

/// <summary>Samples of which every one gets the same further inputs.</summary>
internal sealed class WithConstants(ISampleSource source, IReadOnlyDictionary<string, TensorValue> constants) : ISampleSource
{
    public int Count => source.Count;

    public string NameOf(int index) => source.NameOf(index);

    public int? LabelOf(int index) => source.LabelOf(index);

    public Sample Load(int index)
    {
        Sample sample = source.Load(index);
        return sample with { Inputs = new Dictionary<string, TensorValue>([.. sample.Inputs, .. constants]) };
    }
}
