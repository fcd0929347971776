namespace Quantizer.Pictures;

/// <summary>
/// OpenCV's <c>resize(INTER_LINEAR)</c> on bytes, bit for bit: 11-bit weights, two values per axis however much it shrinks.
/// Beyond the border the horizontal weight becomes zero; vertically the row repeats with both weights.
/// </summary>
internal static class OpenCvLinearResize
{
    private const int WeightBits = 11;
    private const int One = 1 << WeightBits;

    public static Pixels To(IPixelRows source, int width, int height)
    {
        Tap[] columns = Taps(source.Width, width);
        Tap[] rows = Taps(source.Height, height);
        for (int x = 0; x < width; x++)
        {
            if (columns[x].First < 0)
                columns[x] = new Tap(0, 0, One, 0);
            else if (columns[x].First >= source.Width - 1)
                columns[x] = new Tap(source.Width - 1, source.Width - 1, One, 0);
        }
        int stride = width * source.Channels;
        byte[] target = new byte[stride * height];
        // Consecutive target rows mostly share source rows: the two last ones stretched are kept.
        RowCache cache = new(source, columns, stride);
        for (int y = 0; y < height; y++)
        {
            Tap tap = rows[y];
            int[] upper = cache.Row(Math.Clamp(tap.First, 0, source.Height - 1), Math.Clamp(tap.Second, 0, source.Height - 1));
            int[] lower = cache.Row(Math.Clamp(tap.Second, 0, source.Height - 1), Math.Clamp(tap.First, 0, source.Height - 1));
            Blend(upper, lower, tap, target.AsSpan(y * stride, stride));
        }
        return new Pixels(width, height, source.Channels, target);
    }

    private static void Blend(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, Tap tap, Span<byte> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            // 19 bits of value less 4, times 11 bits of weight, less 16: two bits left, rounded half up at the end.
            int sum = ((tap.FirstWeight * (upper[i] >> 4)) >> 16) + ((tap.SecondWeight * (lower[i] >> 4)) >> 16);
            to[i] = (byte)Math.Clamp((sum + 2) >> 2, byte.MinValue, byte.MaxValue);
        }
    }

    private static Tap[] Taps(int sourceSize, int targetSize)
    {
        double scale = 1.0 / ((double)targetSize / sourceSize);
        Tap[] taps = new Tap[targetSize];
        for (int i = 0; i < targetSize; i++)
        {
            float position = (float)((i + 0.5) * scale - 0.5);
            int first = (int)MathF.Floor(position);
            float fraction = position - first;
            taps[i] = new Tap(first, first + 1, Weight(1f - fraction), Weight(fraction));
        }
        return taps;
    }

    private static int Weight(float value) => (int)MathF.Round(value * One, MidpointRounding.ToEven);

    private readonly record struct Tap(int First, int Second, int FirstWeight, int SecondWeight);

    private sealed class RowCache(IPixelRows source, Tap[] columns, int stride)
    {
        private readonly int[][] _rows = [new int[stride], new int[stride]];
        private readonly int[] _held = [-1, -1];
        private int _next;

        /// <summary>The stretched row; the slot that holds <paramref name="keep"/> is not overwritten.</summary>
        public int[] Row(int y, int keep)
        {
            for (int slot = 0; slot < 2; slot++)
            {
                if (_held[slot] == y)
                    return _rows[slot];
            }

            int free = _held[0] == keep ? 1 : 0;
            // Rows are asked for in ascending order, or are still held.
            for (; _next < y; _next++)
                source.Next();
            Stretch(source.Next(), _rows[free]);
            _next++;
            _held[free] = y;
            return _rows[free];
        }

        private void Stretch(ReadOnlySpan<byte> from, Span<int> to)
        {
            int channels = source.Channels;
            for (int x = 0, target = 0; x < columns.Length; x++)
            {
                Tap tap = columns[x];
                (int first, int second) = (tap.First * channels, tap.Second * channels);
                for (int c = 0; c < channels; c++)
                    to[target++] = from[first + c] * tap.FirstWeight + from[second + c] * tap.SecondWeight;
            }
        }
    }
}
