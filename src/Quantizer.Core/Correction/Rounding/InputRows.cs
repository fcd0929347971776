using Quantizer.Execution.Pieces;
using Quantizer.Samples;

namespace Quantizer.Correction.Rounding;

/// <summary>What a layer multiplies its weights with, at some places of each sample.</summary>
internal sealed class InputRows
{
    /// <summary>In all samples together, where they have so many.</summary>
    private const int UsualPlaces = 8192;

    /// <summary>For each weight of an output channel: what fewer places say of so many weights, other samples contradict.</summary>
    private const int PlacesPerWeight = 4;

    /// <summary>What more places say of few weights, these have said.</summary>
    private const int MostPlacesPerWeight = 64;

    /// <summary>Of all rows.</summary>
    private const long MostBytes = 32L << 20;

    private readonly CorrectedLayer _layer;
    private readonly float[][] _rows;
    private readonly int _placesOfSample;

    /// <param name="samples">How many will be taken.</param>
    public InputRows(CorrectedLayer layer, int samples)
    {
        _layer = layer;
        _rows = new float[samples][];
        _placesOfSample = (int)Math.Max(1, (PlacesFor(layer) + samples - 1) / samples);
    }

    /// <summary>Values of a row.</summary>
    public int Width => _layer.Groups * _layer.GroupWidth;

    /// <summary>The rows of all samples.</summary>
    public int Places => _rows.Sum(rows => rows.Length) / Width;

    /// <summary>By sample: row behind row; of a convolution as the weights of its channels lie, group by group.</summary>
    public IReadOnlyList<float[]> OfSamples => _rows;

    /// <summary>The rows that are wanted of all samples together.</summary>
    public static long PlacesFor(CorrectedLayer layer) =>
        Math.Min(
            Math.Clamp(UsualPlaces, PlacesPerWeight * (long)layer.GroupWidth, MostPlacesPerWeight * (long)layer.GroupWidth),
            MostBytes / sizeof(float) / Math.Max(1, layer.Groups * layer.GroupWidth)
        );

    /// <summary>Takes a sample's rows. Several threads may, for a sample each.</summary>
    /// <param name="mask">The positions that count; null: all.</param>
    public void Take(int sample, LiveTensors stream, PositionMask? mask)
    {
        ReadOnlySpan<float> input = stream.Floats(_layer.Input);
        long[] shape = stream.ShapeOf(_layer.Input);
        _rows[sample] = _layer.IsConvolution
            ? OfConvolution(input, shape)
            : OfLinear(mask is null ? input : mask.Keep(shape, input.ToArray()));
    }

    private float[] OfLinear(ReadOnlySpan<float> input)
    {
        int places = input.Length / Width,
            taken = Math.Min(places, _placesOfSample);
        float[] rows = new float[taken * Width];
        for (int row = 0; row < taken; row++)
            input.Slice(Spread(row, taken, places) * Width, Width).CopyTo(rows.AsSpan(row * Width));
        return rows;
    }

    private float[] OfConvolution(ReadOnlySpan<float> input, long[] shape)
    {
        (ConvolutionAxis down, ConvolutionAxis across) = ConvolutionAxis.Of(shape, _layer.Weights.Dimensions, _layer.Node);
        int channels = (int)shape[1],
            plane = down.Size * across.Size,
            places = (int)shape[0] * down.Places * across.Places,
            taken = Math.Min(places, _placesOfSample);
        float[] rows = new float[taken * Width];
        for (int row = 0; row < taken; row++)
        {
            (int rest, int column) = Math.DivRem(Spread(row, taken, places), across.Places);
            (int batch, int line) = Math.DivRem(rest, down.Places);
            Span<float> values = rows.AsSpan(row * Width, Width);
            for (int channel = 0; channel < channels; channel++)
                Patch(input.Slice((batch * channels + channel) * plane, plane), down, line, across, column, ref values);
        }
        return rows;
    }

    private static void Patch(
        ReadOnlySpan<float> plane,
        ConvolutionAxis down,
        int line,
        ConvolutionAxis across,
        int column,
        ref Span<float> values
    )
    {
        for (int y = 0; y < down.Kernel; y++)
        {
            int atY = down.At(line, y);
            for (int x = 0; x < across.Kernel; x++)
            {
                int atX = across.At(column, x);
                values[x] = atY >= 0 && atY < down.Size && atX >= 0 && atX < across.Size ? plane[atY * across.Size + atX] : 0;
            }
            values = values[across.Kernel..];
        }
    }

    /// <summary>Places all over a sample; steps that no row's length divides, so that not each lies in the same column.</summary>
    private static int Spread(int row, int taken, int places) => taken == places ? row : (int)((long)row * GoldenStep(places) % places);

    private static long GoldenStep(int places)
    {
        long step = (long)(places * 0.6180339887);
        while (step > 1 && Gcd(step, places) > 1)
            step--;
        return Math.Max(1, step);
    }

    private static long Gcd(long one, long other) => other == 0 ? one : Gcd(other, one % other);
}
