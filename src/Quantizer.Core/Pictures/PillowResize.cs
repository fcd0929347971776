namespace Quantizer.Pictures;

/// <summary>
/// Pillow's <c>Image.resize</c>, bit for bit: a horizontal, then a vertical pass with integer weights, rounded and clipped
/// to bytes after each. An axis that keeps its size has no pass.
/// </summary>
internal static class PillowResize
{
    private const int Half = 1 << (PillowWeights.FractionBits - 1);

    public static Pixels To(Pixels source, int width, int height, PillowFilter filter)
    {
        Pixels result = source;
        if (width != source.Width) result = Horizontal(result, width, PillowWeights.For(source.Width, width, filter));
        if (height != source.Height) result = Vertical(result, height, PillowWeights.For(source.Height, height, filter));
        return result;
    }

    private static Pixels Horizontal(Pixels source, int width, PillowWeights axis)
    {
        byte[] target = new byte[width * source.Height * source.Channels];
        int sourceStride = source.Width * source.Channels;
        int targetStride = width * source.Channels;
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> from = source.Data.AsSpan(y * sourceStride, sourceStride);
            Span<byte> to = target.AsSpan(y * targetStride, targetStride);
            if (source.Channels == 1) RowOfOne(from, to, axis);
            else RowOfThree(from, to, axis);
        }
        return source with { Width = width, Data = target };
    }

    private static void RowOfOne(ReadOnlySpan<byte> from, Span<byte> to, PillowWeights axis)
    {
        for (int x = 0; x < to.Length; x++)
        {
            ReadOnlySpan<int> weights = axis.Weights.AsSpan(x * axis.Stride, axis.Lengths[x]);
            ReadOnlySpan<byte> window = from.Slice(axis.Starts[x], weights.Length);
            int sum = Half;
            for (int k = 0; k < weights.Length; k++) sum += window[k] * weights[k];
            to[x] = Clip(sum);
        }
    }

    private static void RowOfThree(ReadOnlySpan<byte> from, Span<byte> to, PillowWeights axis)
    {
        for (int x = 0, target = 0; target < to.Length; x++, target += 3)
        {
            ReadOnlySpan<int> weights = axis.Weights.AsSpan(x * axis.Stride, axis.Lengths[x]);
            ReadOnlySpan<byte> window = from.Slice(axis.Starts[x] * 3, weights.Length * 3);
            (int red, int green, int blue) = (Half, Half, Half);
            for (int k = 0, i = 0; k < weights.Length; k++, i += 3)
            {
                red += window[i] * weights[k];
                green += window[i + 1] * weights[k];
                blue += window[i + 2] * weights[k];
            }
            to[target] = Clip(red);
            to[target + 1] = Clip(green);
            to[target + 2] = Clip(blue);
        }
    }

    private static Pixels Vertical(Pixels source, int height, PillowWeights axis)
    {
        int stride = source.Width * source.Channels;
        byte[] target = new byte[stride * height];
        int[] sums = new int[stride];
        for (int y = 0; y < height; y++)
        {
            Array.Fill(sums, Half);
            for (int k = 0; k < axis.Lengths[y]; k++)
                AddWeighted(source.Data.AsSpan((axis.Starts[y] + k) * stride, stride), axis.Weights[y * axis.Stride + k], sums);
            Span<byte> row = target.AsSpan(y * stride, stride);
            for (int i = 0; i < row.Length; i++) row[i] = Clip(sums[i]);
        }
        return source with { Height = height, Data = target };
    }

    private static void AddWeighted(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        for (int i = 0; i < row.Length; i++) sums[i] += row[i] * weight;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> PillowWeights.FractionBits, byte.MinValue, byte.MaxValue);
}
