using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Calibration.Observation;

/// <summary>Reads tensors of every floating-point type as floats.</summary>
internal sealed class FloatValues
{
    private float[] _converted = [];

    public static bool Supports(ElementType type) => type is ElementType.Float or ElementType.Float16 or ElementType.Double;

    /// <summary>The values as floats: the bytes themselves, or converted into a buffer that the next call overwrites.</summary>
    /// <param name="type">One that <see cref="Supports"/> accepts.</param>
    public ReadOnlySpan<float> Read(ElementType type, ReadOnlySpan<byte> data)
    {
        if (type == ElementType.Float)
            return MemoryMarshal.Cast<byte, float>(data);
        if (type == ElementType.Float16)
        {
            ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(data);
            TensorPrimitives.ConvertToSingle(halves, Buffer(halves.Length));
            return _converted.AsSpan(0, halves.Length);
        }
        ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(data);
        TensorPrimitives.ConvertTruncating(doubles, Buffer(doubles.Length));
        return _converted.AsSpan(0, doubles.Length);
    }

    private Span<float> Buffer(int length)
    {
        if (_converted.Length < length)
            _converted = new float[length];
        return _converted.AsSpan(0, length);
    }
}
