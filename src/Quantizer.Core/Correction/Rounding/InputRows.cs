using System.Runtime.CompilerServices;
using Quantizer.Execution.Pieces;
using Quantizer.Samples;

namespace Quantizer.Correction.Rounding;

/// <summary>What a layer multiplies its weights with, at some places of each sample.</summary>
internal sealed class InputRows
{
    /// <summary>In all samples together, where they have so many.</summary>
    private const int UsualPlaces = 8192;

    /// <summary>Of all places together, each with each weight's: more cost more than they tell.</summary>
    private const double MostProducts = 1.4e9;

    /// <summary>For each weight of an output channel: what fewer places say of so many weights, other samples contradict.</summary>
    private const int PlacesPerWeight = 4;

    /// <summary>What more places say of few weights, these have said.</summary>
    private const int MostPlacesPerWeight = 64;

    /// <summary>Of all rows.</summary>
    private const long MostBytes = 32L << 20;

    /// <summary>In place of an offset.</summary>
    private const int Padding = -1;

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
            Math.Clamp(
                (long)Math.Min(UsualPlaces, MostProducts / ((double)layer.GroupWidth * layer.GroupWidth)),
                PlacesPerWeight * (long)layer.GroupWidth,
                MostPlacesPerWeight * (long)layer.GroupWidth
            ),
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
        int[] offsets = new int[down.Kernel * across.Kernel];
        for (int row = 0; row < taken; row++)
        {
            (int rest, int column) = Math.DivRem(Spread(row, taken, places), across.Places);
            (int batch, int line) = Math.DivRem(rest, down.Places);
            Locate(offsets, down, line, across, column);
            Gather(input.Slice(batch * channels * plane, channels * plane), plane, offsets, rows.AsSpan(row * Width, Width));
        }
        return rows;
    }

    /// <summary>Values of all channels at the same offsets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ReadOnlySpan<float> input, int plane, int[] offsets, Span<float> into)
    {
        for (int start = 0, at = 0; start < input.Length; start += plane)
        {
            foreach (int offset in offsets)
                into[at++] = offset == Padding ? 0 : input[start + offset];
        }
    }

    /// <summary>Where the weights of a channel meet a plane of the input.</summary>
    private static void Locate(int[] offsets, ConvolutionAxis down, int line, ConvolutionAxis across, int column)
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, across.Kernel);
            int atY = down.At(line, y),
                atX = across.At(column, x);
            offsets[i] = atY >= 0 && atY < down.Size && atX >= 0 && atX < across.Size ? atY * across.Size + atX : Padding;
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
