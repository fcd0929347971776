using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Quantizer.Testing;

/// <summary>Writes .npy and .npz files as NumPy does.</summary>
public static class NumPy
{
    public static byte[] Array<T>(string descr, long[] shape, params T[] values)
        where T : unmanaged =>
        File(
            $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), }}",
            MemoryMarshal.AsBytes<T>(values)
        );

    public static byte[] File(string header, ReadOnlySpan<byte> data, byte version = 1)
    {
        int fixedLength = version == 1 ? 10 : 12;
        string padded = header.PadRight((fixedLength + header.Length + 1 + 63) / 64 * 64 - fixedLength - 1) + "\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)padded.Length) : BitConverter.GetBytes((uint)padded.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(padded), .. data];
    }

    public static byte[] Archive(CompressionLevel level, params (string Name, byte[] Array)[] arrays)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] array) in arrays)
            {
                using Stream entry = zip.CreateEntry($"{name}.npy", level).Open();
                entry.Write(array);
            }
        }
        return stream.ToArray();
    }
}
