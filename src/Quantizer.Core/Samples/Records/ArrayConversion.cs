using System.Numerics;
using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>
/// Brings an array's values to a model input's element type. Whole numbers must come out exactly; floating-point values may
/// be rounded to a narrower floating-point type, but not become infinite. Nothing is scaled: bytes of pictures become 0..255.
/// </summary>
internal static class ArrayConversion
{
    /// <param name="array">What messages call the array.</param>
    /// <exception cref="QuantizationException">A value has no exact counterpart, or the input's type takes no arrays.</exception>
    public static byte[] Convert(ElementType source, ReadOnlySpan<byte> data, ElementType target, string array)
    {
        if (target == ElementType.BFloat16)
            return UpperHalves(Convert(source, data, ElementType.Float, array));
        Place place = new(source, target, array);
        return source switch
        {
            ElementType.Bool or ElementType.UInt8 => From<byte>(data, place),
            ElementType.Int8 => From<sbyte>(data, place),
            ElementType.Int16 => From<short>(data, place),
            ElementType.UInt16 => From<ushort>(data, place),
            ElementType.Int32 => From<int>(data, place),
            ElementType.UInt32 => From<uint>(data, place),
            ElementType.Int64 => From<long>(data, place),
            ElementType.UInt64 => From<ulong>(data, place),
            ElementType.Float16 => From<Half>(data, place),
            ElementType.Float => From<float>(data, place),
            ElementType.Double => From<double>(data, place),
            _ => throw new QuantizationException($"{array} has element type {source}, which no input is fed from."),
        };
    }

    /// <summary>Floats rounded to bfloat16, to even at ties.</summary>
    private static byte[] UpperHalves(ReadOnlySpan<byte> floats)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<byte, uint>(floats);
        ushort[] halves = new ushort[bits.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            // Rounding would carry the bits of a NaN away; its upper half alone is one, too.
            bool isNaN = float.IsNaN(BitConverter.UInt32BitsToSingle(bits[i]));
            halves[i] = (ushort)(isNaN ? (bits[i] >> 16) | 0x40 : (bits[i] + 0x7FFF + ((bits[i] >> 16) & 1)) >> 16);
        }
        return MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
    }

    private static byte[] From<TSource>(ReadOnlySpan<byte> data, Place place)
        where TSource : unmanaged, INumber<TSource>
    {
        ReadOnlySpan<TSource> values = MemoryMarshal.Cast<byte, TSource>(data);
        return place.Target switch
        {
            ElementType.Float => To<TSource, float>(values, place),
            ElementType.Double => To<TSource, double>(values, place),
            ElementType.Float16 => To<TSource, Half>(values, place),
            ElementType.Int8 => To<TSource, sbyte>(values, place),
            ElementType.UInt8 => To<TSource, byte>(values, place),
            ElementType.Int16 => To<TSource, short>(values, place),
            ElementType.UInt16 => To<TSource, ushort>(values, place),
            ElementType.Int32 => To<TSource, int>(values, place),
            ElementType.UInt32 => To<TSource, uint>(values, place),
            ElementType.Int64 => To<TSource, long>(values, place),
            ElementType.UInt64 => To<TSource, ulong>(values, place),
            ElementType.Bool => ToTruth(values, place),
            _ => throw new QuantizationException(
                $"{place.Array}: the model's input has element type {place.Target}, which cannot be fed from an array."
            ),
        };
    }

    private static byte[] To<TSource, TTarget>(ReadOnlySpan<TSource> values, Place place)
        where TSource : unmanaged, INumber<TSource>
        where TTarget : unmanaged, INumber<TTarget>
    {
        if (typeof(TSource) == typeof(TTarget))
            return MemoryMarshal.AsBytes(values).ToArray();
        byte[] result = new byte[values.Length * Marshal.SizeOf<TTarget>()];
        Span<TTarget> converted = MemoryMarshal.Cast<byte, TTarget>(result.AsSpan());
        for (int i = 0; i < values.Length; i++)
        {
            converted[i] = TTarget.CreateSaturating(values[i]);
            if (!Kept(values[i], converted[i]))
                throw place.Inexact(values[i].ToString());
        }
        return result;
    }

    private static bool Kept<TSource, TTarget>(TSource value, TTarget converted)
        where TSource : unmanaged, INumber<TSource>
        where TTarget : unmanaged, INumber<TTarget>
    {
        if (IsFloating<TTarget>())
        {
            if (IsFloating<TSource>())
                return !TTarget.IsInfinity(converted) || TSource.IsInfinity(value);
            // float has 24 bits for a whole number, so any of 16 bits is exact.
            if (Marshal.SizeOf<TSource>() <= sizeof(short) && Marshal.SizeOf<TTarget>() >= sizeof(float))
                return true;
            if (TTarget.IsInfinity(converted))
                return false;
        }
        // 128 bits hold every whole number of the types here: both ways round, saturation cannot hide a difference.
        return TSource.CreateSaturating(converted) == value && Int128.CreateSaturating(converted) == Int128.CreateSaturating(value);
    }

    private static byte[] ToTruth<TSource>(ReadOnlySpan<TSource> values, Place place)
        where TSource : unmanaged, INumber<TSource>
    {
        byte[] result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != TSource.Zero && values[i] != TSource.One)
                throw place.Inexact(values[i].ToString());
            result[i] = values[i] == TSource.Zero ? (byte)0 : (byte)1;
        }
        return result;
    }

    private static bool IsFloating<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half);

    private readonly record struct Place(ElementType Source, ElementType Target, string Array)
    {
        public QuantizationException Inexact(string? value) =>
            new(
                $"{Array}: its value {value} ({Source}) is not a value of the model input's element type {Target}. Save the array in the "
                    + $"input's type."
            );
    }
}
