using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Benchmarks;

/// <summary>
/// Reproducible prepared pictures, any number of them in constant memory: each is a window into one block of noise.
/// </summary>
internal sealed class RandomPictures : ISampleSource
{
    private const int NoiseLength = 1 << 21;
    private readonly byte[] _noise = new byte[NoiseLength * sizeof(float)];
    private readonly int[] _offsets;
    private readonly long[] _shape;
    private readonly int _length;

    public RandomPictures(int count, int seed = 1, long[]? shape = null)
    {
        _shape = shape ?? SeededNetworks.PictureShape;
        Random random = new(seed);
        // Between -2 and 2, about what normalized pictures hold.
        foreach (ref float value in MemoryMarshal.Cast<byte, float>(_noise.AsSpan()))
            value = (4f * random.NextSingle()) - 2f;
        _length = (int)_shape.Aggregate(1L, (product, size) => product * size);
        _offsets = [.. Enumerable.Range(0, count).Select(_ => random.Next(NoiseLength - _length))];
    }

    public int Count => _offsets.Length;

    public string NameOf(int index) => $"picture {index}";

    public int? LabelOf(int index) => null;

    public Sample Load(int index)
    {
        ReadOnlyMemory<byte> data = _noise.AsMemory(_offsets[index] * sizeof(float), _length * sizeof(float));
        return new Sample(NameOf(index), new Dictionary<string, TensorValue> { ["x"] = new(ElementType.Float, _shape, data) });
    }
}
