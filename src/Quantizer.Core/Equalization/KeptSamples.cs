using Quantizer.Samples;

namespace Quantizer.Equalization;

/// <summary>Samples in memory.</summary>
internal sealed class KeptSamples(IReadOnlyList<Sample> samples) : ISampleSource
{
    public int Count => samples.Count;

    public string NameOf(int index) => samples[index].Name;

    public int? LabelOf(int index) => samples[index].Label;

    public Sample Load(int index) => samples[index];
}
