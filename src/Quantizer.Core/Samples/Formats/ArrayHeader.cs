using Quantizer.Graphs;

namespace Quantizer.Samples.Formats;

/// <summary>What a file says of an array.</summary>
internal record ArrayHeader(ElementType Type, IReadOnlyList<long> Shape)
{
    public long ElementCount => Shape.Aggregate(1L, (count, size) => checked(count * size));

    public int ElementSize => ElementSizes.BitsOf(Type) / 8;

    public long DataLength => checked(ElementCount * ElementSize);

    /// <summary>Bytes of a row: a position on the first axis.</summary>
    public long RowLength => DataLength / Math.Max(Shape[0], 1);

    public sealed override string ToString() => $"[{string.Join(", ", Shape)}]";
}
