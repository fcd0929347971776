using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Comparison;

/// <summary>Rows for an input "x", with a label each; null: this one cannot be read.</summary>
internal sealed class LabelledSamples(params (float[]? Values, int? Label)[] samples) : ISampleSource
{
    public int Count => samples.Length;

    public string NameOf(int index) => $"row {index}";

    public int? LabelOf(int index) => samples[index].Label;

    public Sample Load(int index) =>
        samples[index].Values is { } values
            ? new Sample(NameOf(index), new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, values.Length], values) })
            {
                Label = samples[index].Label,
            }
            : throw new BrokenSampleException(NameOf(index), "it is empty");
}
