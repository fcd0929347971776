using System.Buffers.Binary;

namespace Quantizer.Samples.Formats;

/// <summary>What a RIFF/WAVE file says of its recording.</summary>
/// <param name="Offset">Where its values begin.</param>
/// <param name="Values">On each channel.</param>
internal sealed record WavHeader(WavEncoding Encoding, int Channels, int SampleRate, long Offset, long Values)
{
    private const int Pcm = 1;
    private const int IeeeFloat = 3;
    private const int Extensible = 0xFFFE;
    private const int MostChannels = 64;

    public int BytesPerValue => Encoding.Bits / 8;

    /// <exception cref="QuantizationException">It is no such file, damaged, or compressed.</exception>
    public static WavHeader Read(FileStream file, string path)
    {
        Span<byte> start = stackalloc byte[12];
        if (
            file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start[..4].SequenceEqual("RIFF"u8)
            || !start[8..].SequenceEqual("WAVE"u8)
        )
        {
            throw new QuantizationException($"The file '{path}' is no WAV recording: its first bytes are not those of a RIFF/WAVE file.");
        }
        (WavEncoding Encoding, int Channels, int Rate)? format = null;
        Span<byte> chunk = stackalloc byte[8];
        while (file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]),
                begin = file.Position;
            if (chunk[..4].SequenceEqual("fmt "u8))
                format = Format(file, length, path);
            if (chunk[..4].SequenceEqual("data"u8))
                return Data(format, begin, Math.Min(length, file.Length - begin), path);
            // Chunks are padded to an even length.
            file.Position = Math.Min(file.Length, begin + length + length % 2);
        }
        throw new QuantizationException($"The file '{path}' has no chunk 'data': it is truncated or damaged.");
    }

    private static WavHeader Data((WavEncoding Encoding, int Channels, int Rate)? format, long begin, long length, string path)
    {
        if (format is not ({ } encoding, var channels, var rate))
            throw new QuantizationException($"The file '{path}' has no chunk 'fmt ' before its values: it is damaged.");
        return new WavHeader(encoding, channels, rate, begin, length / (channels * encoding.Bits / 8));
    }

    private static (WavEncoding, int, int) Format(FileStream file, long length, string path)
    {
        const int Shortest = 16,
            WithSubFormat = 26;
        byte[] fields = new byte[Math.Clamp(length, 0, WithSubFormat)];
        int read = file.ReadAtLeast(fields, fields.Length, throwOnEndOfStream: false);
        if (read < Shortest)
            throw new QuantizationException($"The file '{path}' ends inside its chunk 'fmt ': it is truncated or damaged.");
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(fields),
            channels = BinaryPrimitives.ReadUInt16LittleEndian(fields.AsSpan(2)),
            rate = BinaryPrimitives.ReadInt32LittleEndian(fields.AsSpan(4)),
            bits = BinaryPrimitives.ReadUInt16LittleEndian(fields.AsSpan(14));
        if (tag == Extensible && read >= WithSubFormat)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(fields.AsSpan(24));
        bool isRead = tag == Pcm ? bits is 8 or 16 or 24 or 32 : tag == IeeeFloat && bits is (32 or 64);
        if (!isRead || channels is 0 or > MostChannels)
        {
            throw new QuantizationException(
                $"The file '{path}' holds {channels} channels of {bits} bits in encoding {tag}; PCM of 8, 16, 24 or 32 bits and float of 32 or "
                    + $"64 are read. Convert it to PCM of 16 bits."
            );
        }
        return (new WavEncoding(tag == IeeeFloat, bits), channels, rate);
    }
}
