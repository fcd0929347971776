using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Samples.Records;

namespace Quantizer.Preprocessing;

/// <summary>
/// Turns pixels into a model's input. A byte has 256 values: each channel's results stand in a table, computed once by
/// <see cref="PicturePreparation.ValueOf"/>, so speed costs no accuracy.
/// </summary>
internal sealed class PictureTransform
{
    private const int ByteValues = 256;

    /// <summary>By channel: what each byte becomes, in the raw form of the input's element type.</summary>
    private readonly byte[][] _tables;
    private readonly int[] _sourceChannels;
    private readonly ElementType _type;

    /// <param name="type">The model input's element type: floats, or whole numbers for a preparation that changes no value.</param>
    /// <exception cref="QuantizationException">The input's element type does not take the prepared values.</exception>
    public PictureTransform(PicturePreparation preparation, ElementType type)
    {
        Preparation = preparation;
        _type = type;
        int channels = preparation.Channels == ChannelOrder.Gray ? 1 : 3;
        _sourceChannels = preparation.Channels == ChannelOrder.Bgr ? [2, 1, 0] : [.. Enumerable.Range(0, channels)];
        float[][] values = [.. Enumerable.Range(0, channels).Select(channel => Table(preparation, channel))];
        PictureElements.Check(values, type);
        _tables =
        [
            .. values.Select(table => ArrayConversion.Convert(ElementType.Float, MemoryMarshal.AsBytes<float>(table), type, "A picture")),
        ];
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
        byte[] data = new byte[ElementSizes.BytesOf(_type, pixels.Data.Length)];
        switch (ElementSizes.BitsOf(_type) / 8)
        {
            case sizeof(byte):
                Fill<byte>(pixels, isPlanar, data);
                break;
            case sizeof(ushort):
                Fill<ushort>(pixels, isPlanar, data);
                break;
            case sizeof(uint):
                Fill<uint>(pixels, isPlanar, data);
                break;
            default:
                Fill<ulong>(pixels, isPlanar, data);
                break;
        }
        return new TensorValue(_type, shape, data);
    }

    /// <typeparam name="T">As wide as the element type; values are only copied.</typeparam>
    private void Fill<T>(Pixels pixels, bool isPlanar, Span<byte> data)
        where T : unmanaged
    {
        ReadOnlySpan<byte> source = pixels.Data;
        Span<T> target = MemoryMarshal.Cast<byte, T>(data);
        (int start, int step) = isPlanar ? (pixels.Width * pixels.Height, 1) : (1, pixels.Channels);
        for (int channel = 0; channel < _tables.Length; channel++)
        {
            ReadOnlySpan<T> table = MemoryMarshal.Cast<byte, T>(_tables[channel]);
            for (int from = _sourceChannels[channel], to = channel * start; from < source.Length; from += pixels.Channels, to += step)
                target[to] = table[source[from]];
        }
    }

    private static float[] Table(PicturePreparation preparation, int channel)
    {
        float[] table = new float[ByteValues];
        for (int value = 0; value < ByteValues; value++)
            table[value] = preparation.ValueOf((byte)value, channel);
        return table;
    }
}
