using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Core.Tests.Samples.Records;

public sealed class ArrayConversionTests
{
    [Fact]
    public void Whole_numbers_become_the_same_numbers()
    {
        Assert.Equal([0f, 255], To<byte, float>(ElementType.UInt8, ElementType.Float, 0, 255));
        Assert.Equal([-128f, 127], To<sbyte, float>(ElementType.Int8, ElementType.Float, -128, 127));
        Assert.Equal([-16777216f, 16777216], To<int, float>(ElementType.Int32, ElementType.Float, -16777216, 16777216));
        Assert.Equal([1f, 0], To<byte, float>(ElementType.Bool, ElementType.Float, 1, 0));
        Assert.Equal([-5L, 5], To<int, long>(ElementType.Int32, ElementType.Int64, -5, 5));
        Assert.Equal([3, -3], To<double, int>(ElementType.Double, ElementType.Int32, 3, -3));
        Assert.Equal([(byte)1, (byte)0], To<long, byte>(ElementType.Int64, ElementType.Bool, 1, 0));
        Assert.Equal([ulong.MaxValue], To<ulong, ulong>(ElementType.UInt64, ElementType.UInt64, ulong.MaxValue));
    }

    [Fact]
    public void Floating_point_values_may_be_rounded_to_narrower_ones()
    {
        Assert.Equal(
            [0.1f, float.NegativeInfinity, float.NaN],
            To<double, float>(ElementType.Double, ElementType.Float, 0.1, double.NegativeInfinity, double.NaN)
        );
        Assert.Equal([0.5f, 65504], To<Half, float>(ElementType.Float16, ElementType.Float, (Half)0.5f, Half.MaxValue));
        Assert.Equal([(Half)0.1f], To<float, Half>(ElementType.Float, ElementType.Float16, 0.1f));
    }

    [Fact]
    public void Values_that_would_change_are_refused_and_named()
    {
        Refused<int>(ElementType.Int32, ElementType.Float, 16777217);
        Refused<int>(ElementType.Int32, ElementType.Float, int.MaxValue);
        Refused<long>(ElementType.Int64, ElementType.Float, long.MaxValue);
        Refused<long>(ElementType.Int64, ElementType.Int32, 1L << 40);
        Refused<float>(ElementType.Float, ElementType.Int32, 2147483648f);
        Refused<float>(ElementType.Float, ElementType.Int64, 1.5f);
        Refused<double>(ElementType.Double, ElementType.Float, 1e300);
        Refused<int>(ElementType.Int32, ElementType.Float16, 70000);
        Refused<sbyte>(ElementType.Int8, ElementType.UInt8, -1);
        Refused<byte>(ElementType.UInt8, ElementType.Bool, 2);
        Refused<float>(ElementType.Float, ElementType.Int32, float.NaN);
    }

    private static TTarget[] To<TSource, TTarget>(ElementType source, ElementType target, params TSource[] values)
        where TSource : unmanaged
        where TTarget : unmanaged =>
        MemoryMarshal
            .Cast<byte, TTarget>(ArrayConversion.Convert(source, MemoryMarshal.AsBytes<TSource>(values), target, "Array 'x'"))
            .ToArray();

    private static void Refused<TSource>(ElementType source, ElementType target, TSource value)
        where TSource : unmanaged
    {
        string message = Assert.Throws<QuantizationException>(() => To<TSource, byte>(source, target, value)).Message;
        Assert.Contains($"Array 'x': its value {value}", message);
        Assert.Contains(target.ToString(), message);
    }
}
