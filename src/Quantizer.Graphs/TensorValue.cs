using System.Runtime.InteropServices;

namespace Quantizer.Graphs;

/// <summary>A dense tensor outside of any model: a sample's input or a run's output. Row-major little-endian bytes.</summary>
internal sealed record TensorValue(ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    public static TensorValue FromFloats(IReadOnlyList<long> shape, ReadOnlySpan<float> values) =>
        new(ElementType.Float, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values of a float tensor. The caller checks <see cref="Type"/>.</summary>
    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(Data.Span);

    public long ElementCount => Shape.Aggregate(1L, (count, size) => checked(count * size));
}
