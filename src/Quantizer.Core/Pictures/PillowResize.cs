namespace Quantizer.Pictures;

/// <summary>
/// Pillow's <c>Image.resize</c>, bit for bit: a horizontal, then a vertical pass with integer weights, rounded and clipped
/// to bytes after each. An axis that keeps its size has no pass. Both passes go row by row, so that the source is never
/// needed as a whole: sums of whole numbers do not depend on their order.
/// </summary>
internal static class PillowResize
{
    private const int Half = 1 << (PillowWeights.FractionBits - 1);

    public static Pixels To(IPixelRows source, int width, int height, PillowFilter filter)
    {
        PillowWeights? columns = width == source.Width ? null : PillowWeights.For(source.Width, width, filter);
        int stride = width * source.Channels;
        byte[] target = new byte[stride * height];
        byte[] stretched = new byte[stride];
        PillowRowSums? sums = height == source.Height ? null : new(PillowWeights.For(source.Height, height, filter), target, stride);
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> row = source.Next();
            if (columns is not null)
            {
                Stretch(row, stretched, source.Channels, columns);
                row = stretched;
            }
            if (sums is null)
                row.CopyTo(target.AsSpan(y * stride));
            else
                sums.Add(y, row);
        }
        return new Pixels(width, height, source.Channels, target);
    }

    private static void Stretch(ReadOnlySpan<byte> from, Span<byte> to, int channels, PillowWeights columns)
    {
        if (channels == 1)
            RowOfOne(from, to, columns);
        else
            RowOfThree(from, to, columns);
    }

    private static void RowOfOne(ReadOnlySpan<byte> from, Span<byte> to, PillowWeights axis)
    {
        for (int x = 0; x < to.Length; x++)
        {
            ReadOnlySpan<int> weights = axis.Weights.AsSpan(x * axis.Stride, axis.Lengths[x]);
            ReadOnlySpan<byte> window = from.Slice(axis.Starts[x], weights.Length);
            int sum = Half;
            for (int k = 0; k < weights.Length; k++)
                sum += window[k] * weights[k];
            to[x] = PillowWeights.Clip(sum);
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
            to[target] = PillowWeights.Clip(red);
            to[target + 1] = PillowWeights.Clip(green);
            to[target + 2] = PillowWeights.Clip(blue);
        }
    }
}
