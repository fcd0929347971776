using System.Runtime.InteropServices;

namespace Quantizer.Graphs;

/// <summary>A constant tensor. <see cref="Data"/> is little-endian raw bytes in row-major order, however the file stored it.</summary>
internal sealed class Tensor
{
    public Tensor(string name, ElementType type, IEnumerable<long> dimensions, ReadOnlyMemory<byte> data)
    {
        Name = name;
        Type = type;
        Dimensions = [.. dimensions];
        Data = data;
    }

    public string Name { get; set; }

    public ElementType Type { get; }

    /// <summary>Sizes, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>Raw bytes, possibly a window into a mapped file: never write through it. Empty for strings.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The elements of a string tensor (bytes, not necessarily UTF-8); null for all other types.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Strings { get; init; }

    public TensorStorage Storage { get; init; }

    /// <summary>External data: the location entry as the file gave it, relative to the model's folder. For reports; writing does not use
    /// it.</summary>
    public string? ExternalLocation { get; init; }

    public string DocString { get; set; } = "";

    public PreservedFields Preserved { get; init; }

    public long ElementCount
    {
        get
        {
            long count = 1;
            foreach (long dimension in Dimensions)
                count = checked(count * dimension);
            return count;
        }
    }

    /// <summary>The values of a tensor of <typeparamref name="T"/>'s element type. The caller names the right type.</summary>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Data.Span);

    public static Tensor FromFloats(string name, IEnumerable<long> dimensions, ReadOnlySpan<float> values) =>
        new(name, ElementType.Float, dimensions, MemoryMarshal.AsBytes(values).ToArray());

    public static Tensor FromInt64s(string name, IEnumerable<long> dimensions, ReadOnlySpan<long> values) =>
        new(name, ElementType.Int64, dimensions, MemoryMarshal.AsBytes(values).ToArray());

    public static Tensor FromInt32s(string name, IEnumerable<long> dimensions, ReadOnlySpan<int> values) =>
        new(name, ElementType.Int32, dimensions, MemoryMarshal.AsBytes(values).ToArray());

    public static Tensor FromInt8s(string name, IEnumerable<long> dimensions, ReadOnlySpan<sbyte> values) =>
        new(name, ElementType.Int8, dimensions, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The same values under another name.</summary>
    public Tensor Renamed(string name) =>
        new(name, Type, Dimensions, Data)
        {
            Strings = Strings,
            Storage = Storage,
            ExternalLocation = ExternalLocation,
            DocString = DocString,
            Preserved = Preserved,
        };

    public override string ToString() => $"{Name}: {Type}[{string.Join(',', Dimensions)}]";
}
