using System.Buffers.Binary;
using System.IO.Compression;

namespace Quantizer.Testing;

/// <summary>Writes RGB pictures of any size as PNG, row by row: a test must not need the memory that it forbids.</summary>
public static class PngFile
{
    private const int Channels = 3;
    private const byte EightBits = 8,
        Rgb = 2,
        NoFilter = 0;

    /// <summary>Adam7: first column and row, and step in both directions, of each pass.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    /// <param name="row">Fills a row's bytes.</param>
    public static void Write(Stream file, int width, int height, Action<int, byte[]> row, bool interlaced = false)
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, EightBits, Rgb, 0, 0, (byte)(interlaced ? 1 : 0)];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        WriteChunk(file, "IHDR"u8, header);
        using MemoryStream data = new();
        using (ZLibStream zip = new(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] whole = new byte[width * Channels];
            foreach ((int left, int top, int stepX, int stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                int columns = (width - left + stepX - 1) / stepX;
                byte[] filtered = new byte[1 + (columns * Channels)];
                filtered[0] = NoFilter;
                for (int y = top; y < height && columns > 0; y += stepY)
                {
                    row(y, whole);
                    for (int i = 0; i < columns; i++)
                        whole.AsSpan((left + (i * stepX)) * Channels, Channels).CopyTo(filtered.AsSpan(1 + (i * Channels)));
                    zip.Write(filtered);
                }
            }
        }
        WriteChunk(file, "IDAT"u8, data.ToArray());
        WriteChunk(file, "IEND"u8, []);
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        byte[] checkedBytes = [.. kind, .. data];
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(checkedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(checkedBytes));
        file.Write(number);
    }

    /// <summary>CRC-32 as PNG has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ value)];
        return ~crc;
    }

    private static readonly uint[] Table =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(value =>
            {
                const uint reversedPolynomial = 0xEDB88320;
                uint crc = (uint)value;
                for (int bit = 0; bit < 8; bit++)
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ reversedPolynomial : crc >> 1;
                return crc;
            }),
    ];
}
