using System.Collections.Concurrent;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Calibration.Running;

/// <summary>Samples held in memory; some places can be unreadable.</summary>
internal sealed class ArraySamples(IReadOnlyList<IReadOnlyDictionary<string, TensorValue>> samples, params int[] broken) : ISampleSource
{
    /// <summary>Places at which the whole data turn out to be damaged.</summary>
    public IReadOnlyList<int> Unusable { get; set; } = [];

    /// <summary>Every place that was loaded.</summary>
    public ConcurrentBag<int> Loaded { get; } = [];

    public int Count => samples.Count;

    /// <summary>One input "x" with random values between -1 and 1.</summary>
    public static ArraySamples Random(int count, long[] shape, params int[] broken) => Of(count, shape, (_, _) => { }, broken);

    /// <summary>Random values that <paramref name="edit"/> changes: it gets the sample's place and values.</summary>
    public static ArraySamples Of(int count, long[] shape, Action<int, float[]> edit, params int[] broken)
    {
        int length = (int)shape.Aggregate(1L, (product, size) => product * size);
        return new ArraySamples(
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(index =>
                    {
                        float[] values = Core.Tests.Execution.SmallNetworks.Values(length, seed: 100 + index);
                        edit(index, values);
                        return new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(shape, values) };
                    }),
            ],
            broken
        );
    }

    public ArraySamples Reversed() => new([.. samples.Reverse()]);

    public ArraySamples Take(int count) => new([.. samples.Take(count)]);

    public string NameOf(int index) => $"sample-{index}";

    public int? LabelOf(int index) => null;

    public Sample Load(int index)
    {
        Loaded.Add(index);
        if (Unusable.Contains(index))
            throw new QuantizationException($"The archive ends within {NameOf(index)}.");
        return broken.Contains(index)
            ? throw new BrokenSampleException(NameOf(index), "no picture")
            : new Sample(NameOf(index), samples[index]);
    }
}
