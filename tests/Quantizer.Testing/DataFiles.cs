using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Quantizer.Testing;

/// <summary>Writes the same float samples in every format that is read.</summary>
public static class DataFiles
{
    /// <summary>A TensorProto: dims, data_type 1 (float), raw_data.</summary>
    public static byte[] TensorProto(long[] shape, ReadOnlySpan<float> values)
    {
        using MemoryStream stream = new();
        foreach (long size in shape)
            stream.Write([0x08, .. Varint((ulong)size)]);
        stream.Write([0x10, 1]);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        stream.Write([0x4A, .. Varint((ulong)bytes.Length), .. bytes]);
        return stream.ToArray();
    }

    /// <summary>A recording of one or more channels, its values in the encoding given.</summary>
    /// <param name="tag">1: PCM, 3: float.</param>
    public static byte[] Wav(int tag, int bits, int channels, int rate, ReadOnlySpan<byte> data)
    {
        byte[] format = new byte[16];
        BinaryPrimitives.WriteInt16LittleEndian(format, (short)tag);
        BinaryPrimitives.WriteInt16LittleEndian(format.AsSpan(2), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), rate * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(format.AsSpan(12), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(format.AsSpan(14), (short)bits);
        return
        [
            .. "RIFF"u8,
            .. BitConverter.GetBytes(36 + data.Length),
            .. "WAVE"u8,
            .. "LIST"u8,
            .. BitConverter.GetBytes(3),
            1,
            2,
            3,
            0,
            .. "fmt "u8,
            .. BitConverter.GetBytes(format.Length),
            .. format,
            .. "data"u8,
            .. BitConverter.GetBytes(data.Length),
            .. data,
        ];
    }

    /// <summary>A column a value, called like the input with its number.</summary>
    public static byte[] Csv(string input, IReadOnlyList<float[]> samples)
    {
        StringBuilder text = new();
        text.AppendJoin(',', Enumerable.Range(0, samples[0].Length).Select(i => $"{input}.{i}")).Append('\n');
        foreach (float[] sample in samples)
            text.AppendJoin(',', sample.Select(Text)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>An object a line, nested as deep as the shape.</summary>
    public static byte[] JsonLines(string input, long[] shape, IReadOnlyList<float[]> samples) =>
        Encoding.UTF8.GetBytes(string.Concat(samples.Select(sample => $"{{\"{input}\": {Nested(shape, sample)}}}\n")));

    public static byte[] Npz(string input, long[] shape, params IReadOnlyList<float[]> samples) =>
        NumPy.Archive(
            CompressionLevel.Optimal,
            (input, NumPy.Array("<f4", [samples.Count, .. shape], [.. samples.SelectMany(values => values)]))
        );

    private static string Nested(ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        if (shape.Length == 0)
            return Text(values[0]);
        int each = values.Length / (int)shape[0];
        List<string> parts = [];
        for (int i = 0; i < shape[0]; i++)
            parts.Add(Nested(shape[1..], values.Slice(i * each, each)));
        return $"[{string.Join(", ", parts)}]";
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
