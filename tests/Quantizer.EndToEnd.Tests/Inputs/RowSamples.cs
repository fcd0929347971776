using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>Samples held in one array, one row each.</summary>
internal sealed class RowSamples(string input, long[] shape, ReadOnlyMemory<float> values) : ISampleSource
{
    private readonly int _length = (int)shape.Aggregate(1L, (product, size) => product * size);

    public int Count => values.Length / _length;

    public RowSamples Rows(int from, int to) => new(input, shape, values[(from * _length)..(to * _length)]);

    public string NameOf(int index) => $"row {index}";

    public int? LabelOf(int index) => null;

    public Sample Load(int index) =>
        new(
            NameOf(index),
            new Dictionary<string, TensorValue>
            {
                [input] = TensorValue.FromFloats(shape, values.Slice(index * _length, _length).ToArray()),
            }
        );
}
