using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Benchmarks;

/// <summary>
/// Reproducible pictures, made when asked for and never kept: each is a window into one block of noise, so that making
/// one costs no more than copying it.
/// </summary>
internal sealed class RandomPictures : ISampleSource
{
    private const int NoiseLength = 1 << 21;
    private readonly float[] _noise = new float[NoiseLength];
    private readonly int[] _offsets;
    private readonly int _length;

    public RandomPictures(int count, int seed = 1)
    {
        Random random = new(seed);
        // Between -2 and 2, about what normalized pictures hold.
        for (int i = 0; i < NoiseLength; i++) _noise[i] = (4f * random.NextSingle()) - 2f;
        _length = (int)SeededNetworks.PictureShape.Aggregate(1L, (product, size) => product * size);
        _offsets = [.. Enumerable.Range(0, count).Select(_ => random.Next(NoiseLength - _length))];
    }

    public int Count => _offsets.Length;

    public string NameOf(int index) => $"picture {index}";

    public int? LabelOf(int index) => null;

    public Sample Load(int index)
    {
        byte[] data = MemoryMarshal.AsBytes(_noise.AsSpan(_offsets[index], _length)).ToArray();
        return new Sample(NameOf(index), new Dictionary<string, TensorValue> { ["x"] = new(ElementType.Float, SeededNetworks.PictureShape, data) });
    }
}
