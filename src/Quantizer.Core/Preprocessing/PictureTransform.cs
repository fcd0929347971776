using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>
/// Turns pixels into a model's input. A byte has 256 values: each channel's results stand in a table, computed once by
/// <see cref="PicturePreparation.ValueOf"/>, so speed costs no accuracy.
/// </summary>
internal sealed class PictureTransform
{
    private const int ByteValues = 256;
    private readonly float[][] _tables;
    private readonly int[] _sourceChannels;
    private readonly ElementType _type;

    /// <param name="type">The model input's element type: float, or uint8 for a preparation that changes no value.</param>
    /// <exception cref="QuantizationException">The input's element type does not take the prepared values.</exception>
    public PictureTransform(PicturePreparation preparation, ElementType type)
    {
        Preparation = preparation;
        _type = type;
        int channels = preparation.Channels == ChannelOrder.Gray ? 1 : 3;
        _sourceChannels = preparation.Channels == ChannelOrder.Bgr ? [2, 1, 0] : [.. Enumerable.Range(0, channels)];
        _tables = [.. Enumerable.Range(0, channels).Select(channel => Table(preparation, channel))];
        if (type == ElementType.Float)
            return;
        if (type != ElementType.UInt8)
        {
            throw new QuantizationException(
                $"The model's picture input has element type {type}; pictures feed Float or UInt8. Give arrays of that type in an .npz "
                    + $"file instead."
            );
        }

        for (int value = 0; value < ByteValues; value++)
        {
            if (_tables.Any(table => table[value] != value))
            {
                throw new QuantizationException(
                    "The model's picture input has element type UInt8: it takes bytes 0..255 as they are. Use --preset raw."
                );
            }
        }
    }

    public PicturePreparation Preparation { get; }

    /// <param name="pixels">In the preparation's geometry.</param>
    /// <returns>A tensor of one picture.</returns>
    public TensorValue Apply(Pixels pixels)
    {
        PictureGeometry geometry = Preparation.Geometry.For(pixels.Width, pixels.Height);
        if (pixels.Width != geometry.Width || pixels.Height != geometry.Height || pixels.Channels != _tables.Length)
        {
            throw new ArgumentException(
                $"Pixels of {pixels.Width} x {pixels.Height} x {pixels.Channels}; expected {geometry.Width} x {geometry.Height} x "
                    + $"{_tables.Length}.",
                nameof(pixels)
            );
        }

        bool isPlanar = Preparation.Layout == TensorLayout.Nchw;
        long[] picture = isPlanar ? [pixels.Channels, pixels.Height, pixels.Width] : [pixels.Height, pixels.Width, pixels.Channels];
        long[] shape = Preparation.HasBatchAxis ? [1, .. picture] : picture;
        if (_type == ElementType.UInt8)
            return new TensorValue(_type, shape, Reordered(pixels, isPlanar));
        byte[] data = new byte[pixels.Data.Length * sizeof(float)];
        Span<float> values = MemoryMarshal.Cast<byte, float>(data.AsSpan());
        (int start, int step) = isPlanar ? (pixels.Width * pixels.Height, 1) : (1, pixels.Channels);
        for (int channel = 0; channel < _tables.Length; channel++)
            Fill(pixels.Data, _sourceChannels[channel], pixels.Channels, _tables[channel], values[(channel * start)..], step);
        return new TensorValue(ElementType.Float, shape, data);
    }

    private static void Fill(ReadOnlySpan<byte> source, int first, int sourceStep, float[] table, Span<float> target, int targetStep)
    {
        for (int from = first, to = 0; from < source.Length; from += sourceStep, to += targetStep)
            target[to] = table[source[from]];
    }

    private byte[] Reordered(Pixels pixels, bool isPlanar)
    {
        byte[] target = new byte[pixels.Data.Length];
        (int start, int step) = isPlanar ? (pixels.Width * pixels.Height, 1) : (1, pixels.Channels);
        for (int channel = 0; channel < _tables.Length; channel++)
        {
            int to = channel * start;
            for (int from = _sourceChannels[channel]; from < pixels.Data.Length; from += pixels.Channels, to += step)
                target[to] = pixels.Data[from];
        }
        return target;
    }

    private static float[] Table(PicturePreparation preparation, int channel)
    {
        float[] table = new float[ByteValues];
        for (int value = 0; value < ByteValues; value++)
            table[value] = preparation.ValueOf((byte)value, channel);
        return table;
    }
}
