using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>Rounds constants to integers, half to even, as QuantizeLinear does.</summary>
internal static class IntegerTensors
{
    /// <param name="dimensions">The shape of <paramref name="values"/>.</param>
    public static Tensor Of(string name, IReadOnlyList<long> dimensions, ReadOnlySpan<float> values, QuantizationParameters parameters)
    {
        byte[] result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = unchecked((byte)Clamped(values[i], parameters.Scale, parameters.ZeroPoint, parameters.Scheme));
        return new Tensor(name, TypeOf(parameters.Scheme), dimensions, result);
    }

    /// <summary>Weights, whose zero point is zero.</summary>
    /// <param name="scales">One per index along <paramref name="axis"/>, or a single one.</param>
    public static Tensor OfWeights(string name, Tensor weights, int axis, IReadOnlyList<float> scales, QuantizationScheme scheme)
    {
        ReadOnlySpan<float> values = weights.Values<float>();
        int inner = (int)weights.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        int channels = (int)weights.Dimensions[axis];
        byte[] result = new byte[values.Length];
        // One for each weight of an index of the axes before the channels'.
        float[] steps = new float[channels * inner];
        for (int channel = 0; channel < channels; channel++)
            Array.Fill(steps, scales[scales.Count > 1 ? channel : 0], channel * inner, inner);
        for (int start = 0; start < values.Length; start += steps.Length)
        {
            RoundingKernel.Round(
                values.Slice(start, steps.Length),
                steps,
                scheme.QuantizedMin,
                scheme.QuantizedMax,
                result.AsSpan(start, steps.Length)
            );
        }
        if (scheme.Pairs is { } pairs)
            RoundPairs(values, result, pairs, (channels, inner), scales, scheme);
        return new Tensor(name, TypeOf(scheme), weights.Dimensions, result);
    }

    /// <summary>Again those pairs that must not stand side by side.</summary>
    /// <param name="shape">The channels, and the weights of each that lie together.</param>
    private static void RoundPairs(
        ReadOnlySpan<float> values,
        byte[] rounded,
        ProductPairs pairs,
        (int Channels, int Inner) shape,
        IReadOnlyList<float> scales,
        QuantizationScheme scheme
    )
    {
        (int channels, int inner) = shape;
        (int First, int Second)[] places = [.. pairs.InTensor(rounded.Length, channels, inner)];
        for (int channel = 0; channel < channels; channel++)
        {
            float scale = scales[scales.Count > 1 ? channel : 0];
            foreach ((int first, int second) in places)
            {
                int a = first + channel * inner,
                    b = second + channel * inner,
                    sum = (sbyte)rounded[a] + (sbyte)rounded[b];
                if (Math.Abs(sum) <= ProductPairs.LargestSum)
                    continue;
                (int one, int other) = ProductPairs.Round(values[a] / scale, values[b] / scale, scheme);
                (rounded[a], rounded[b]) = unchecked(((byte)one, (byte)other));
            }
        }
    }

    /// <summary>Bytes with the last two axes changed.</summary>
    public static Tensor Transposed(Tensor tensor)
    {
        ReadOnlySpan<byte> values = tensor.Data.Span;
        int rows = (int)tensor.Dimensions[^2],
            columns = (int)tensor.Dimensions[^1];
        byte[] result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / columns % rows,
                matrix = i / columns / rows;
            result[(matrix * columns + i % columns) * rows + row] = values[i];
        }
        return new Tensor(tensor.Name, tensor.Type, [.. tensor.Dimensions.SkipLast(2), columns, rows], result);
    }

    /// <summary>Bytes of a convolution's weights [out, in, kernel...] as a matrix [kernel x in, out].</summary>
    public static Tensor AsMatrix(Tensor weights)
    {
        ReadOnlySpan<byte> values = weights.Data.Span;
        int outputs = (int)weights.Dimensions[0],
            inputs = (int)weights.Dimensions[1],
            taps = values.Length / outputs / inputs;
        byte[] result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int tap = i % taps,
                input = i / taps % inputs,
                output = i / taps / inputs;
            result[(tap * inputs + input) * outputs + output] = values[i];
        }
        return new Tensor(weights.Name, weights.Type, [(long)taps * inputs, outputs], result);
    }

    /// <summary>Biases: int32 with zero point zero.</summary>
    /// <param name="scales">One per value, or a single one.</param>
    public static Tensor OfBias(string name, Tensor bias, IReadOnlyList<float> scales)
    {
        ReadOnlySpan<float> values = bias.Values<float>();
        int[] result = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double rounded = Math.Round(values[i] / (double)scales[scales.Count > 1 ? i : 0], MidpointRounding.ToEven);
            // The plan's scales leave room; a value outside is a fault of the plan, and wrapping around would hide it.
            result[i] = checked((int)rounded);
        }
        return Tensor.FromInt32s(name, bias.Dimensions, result);
    }

    /// <summary>A zero point in its scheme's type, <paramref name="count"/> times; null: once, of rank 0.</summary>
    public static Tensor ZeroPoints(string name, QuantizationParameters parameters, int? count)
    {
        byte[] values = new byte[count ?? 1];
        Array.Fill(values, unchecked((byte)parameters.ZeroPoint));
        return new Tensor(name, TypeOf(parameters.Scheme), count is { } length ? [length] : [], values);
    }

    private static ElementType TypeOf(QuantizationScheme scheme) =>
        scheme.Type == QuantizedType.UInt8 ? ElementType.UInt8 : ElementType.Int8;

    private static int Clamped(float value, float scale, int zeroPoint, QuantizationScheme scheme)
    {
        int rounded = (int)Math.Clamp(MathF.Round(value / scale, MidpointRounding.ToEven), -1e6f, 1e6f) + zeroPoint;
        return Math.Clamp(rounded, scheme.QuantizedMin, scheme.QuantizedMax);
    }
}
