using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>Tensors for inputs that no data feed.</summary>
internal static class ConstantInput
{
    /// <summary>What the user said: as many values as the input has, or one that fills it. A size that is not fixed is what the number of
    /// values makes it, or one.</summary>
    /// <exception cref="UsageException">They do not fit the input.</exception>
    public static TensorValue Of(TensorSignature input, IReadOnlyList<double> values)
    {
        long[] shape = Sizes(input, values.Count);
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (values.Count != 1 && values.Count != count)
        {
            throw new UsageException(
                $"Input {ShapeFit.Describe(input)} got {values.Count} values with --input; expected {count}, or one for all of them."
            );
        }
        double[] all = values.Count == 1 ? [.. Enumerable.Repeat(values[0], checked((int)count))] : [.. values];
        try
        {
            return new TensorValue(
                input.Type,
                shape,
                ArrayConversion.Convert(ElementType.Double, MemoryMarshal.AsBytes<double>(all), input.Type, $"--input {input.Name}")
            );
        }
        catch (QuantizationException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>Zeros, each size that is not fixed being one.</summary>
    public static TensorValue Zeros(TensorSignature input) => Filled(input.Type, Sizes(input, 1), isOne: false);

    /// <param name="isOne">Ones, instead of zeros.</param>
    public static TensorValue Filled(ElementType type, IReadOnlyList<long> shape, bool isOne)
    {
        int count = checked((int)shape.Aggregate(1L, (product, size) => checked(product * size)));
        sbyte[] values = new sbyte[count];
        if (isOne)
            Array.Fill(values, (sbyte)1);
        return new TensorValue(
            type,
            shape,
            ArrayConversion.Convert(ElementType.Int8, MemoryMarshal.AsBytes<sbyte>(values), type, "A constant")
        );
    }

    /// <summary>0, 1, 2, ... along the last axis.</summary>
    /// <param name="first">The number that they begin with in place of 0.</param>
    public static TensorValue Positions(ElementType type, IReadOnlyList<long> shape, long first = 0)
    {
        long length = shape[^1];
        long[] values = new long[shape.Aggregate(1L, (product, size) => checked(product * size))];
        for (int i = 0; i < values.Length; i++)
            values[i] = first + i % length;
        return new TensorValue(
            type,
            shape,
            ArrayConversion.Convert(ElementType.Int64, MemoryMarshal.AsBytes<long>(values), type, "A constant")
        );
    }

    private static long[] Sizes(TensorSignature input, int values)
    {
        if (input.Shape is not { } shape)
            return values == 1 ? [] : [values];
        long known = shape.Aggregate(1L, (product, axis) => product * (axis.Size ?? 1));
        int open = shape.Count(axis => axis.Size is null);
        long rest = open == 1 && values > 1 && known > 0 && values % known == 0 ? values / known : 1;
        return [.. shape.Select(axis => axis.Size ?? rest)];
    }
}
