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
    private readonly IReadOnlyList<LiveTensors> _streams;
    private readonly IReadOnlyList<PositionMask?> _masks;
    private readonly int[] _places;

    /// <param name="streams">Of the samples; they hold the layer's input.</param>
    /// <param name="masks">Of each, the positions that count; null: all.</param>
    public InputRows(CorrectedLayer layer, IReadOnlyList<LiveTensors> streams, IReadOnlyList<PositionMask?> masks)
    {
        (_layer, _streams, _masks) = (layer, streams, masks);
        int most = (int)Math.Max(1, (PlacesFor(layer) + streams.Count - 1) / streams.Count);
        _places = [.. streams.Select((_, sample) => Math.Min(most, AllPlacesOf(sample)))];
    }

    /// <summary>Values of a row.</summary>
    public int Width => _layer.Groups * _layer.GroupWidth;

    /// <summary>By sample, how many rows it has.</summary>
    public IReadOnlyList<int> PlacesOf => _places;

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

    /// <summary>
    /// Writes a sample's rows, one behind the other; of a convolution as the weights of its channels lie, group by group. Several threads
    /// may call, for a sample each.
    /// </summary>
    /// <param name="rows">Room for them.</param>
    public void Gather(int sample, Span<float> rows)
    {
        LiveTensors stream = _streams[sample];
        ReadOnlySpan<float> input = stream.Floats(_layer.Input);
        long[] shape = stream.ShapeOf(_layer.Input);
        if (_layer.IsConvolution)
            OfConvolution(input, shape, _places[sample], rows);
        else
            OfLinear(_masks[sample] is { } mask ? mask.Keep(shape, input.ToArray()) : input, _places[sample], rows);
        stream.Park();
    }

    private int AllPlacesOf(int sample)
    {
        long[] shape = _streams[sample].ShapeOf(_layer.Input);
        if (!_layer.IsConvolution)
            return (_masks[sample]?.KeptOf(shape) ?? (int)shape.Aggregate(1L, (product, size) => product * size)) / Width;
        (ConvolutionAxis down, ConvolutionAxis across) = ConvolutionAxis.Of(shape, _layer.Weights.Dimensions, _layer.Node);
        return (int)shape[0] * down.Places * across.Places;
    }

    private void OfLinear(ReadOnlySpan<float> input, int taken, Span<float> rows)
    {
        int places = input.Length / Width;
        for (int row = 0; row < taken; row++)
            input.Slice(Spread(row, taken, places) * Width, Width).CopyTo(rows[(row * Width)..]);
    }

    private void OfConvolution(ReadOnlySpan<float> input, long[] shape, int taken, Span<float> rows)
    {
        (ConvolutionAxis down, ConvolutionAxis across) = ConvolutionAxis.Of(shape, _layer.Weights.Dimensions, _layer.Node);
        int channels = (int)shape[1],
            plane = down.Size * across.Size,
            places = (int)shape[0] * down.Places * across.Places;
        int[] offsets = new int[down.Kernel * across.Kernel];
        for (int row = 0; row < taken; row++)
        {
            (int rest, int column) = Math.DivRem(Spread(row, taken, places), across.Places);
            (int batch, int line) = Math.DivRem(rest, down.Places);
            Locate(offsets, down, line, across, column);
            Gather(input.Slice(batch * channels * plane, channels * plane), plane, offsets, rows.Slice(row * Width, Width));
        }
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
