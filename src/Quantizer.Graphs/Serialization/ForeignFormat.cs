using System.Text.Unicode;

namespace Quantizer.Graphs.Serialization;

/// <summary>Recognizes what a file that is no ONNX model is instead, by its first bytes.</summary>
internal static class ForeignFormat
{
    private const int Looked = 512;

    /// <summary>"found ...; do ..." for messages; null when nothing is recognized.</summary>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        start = start[..Math.Min(start.Length, Looked)];
        if (start.StartsWith("version https://git-lfs"u8))
            return "it is a Git LFS pointer: fetch the model itself with 'git lfs pull'";
        if (At(start, 4, "ORTM"u8))
            return "it is a model in ORT format: give the .onnx file that it was made from";
        if (At(start, 4, "TFL3"u8))
            return "it is a TensorFlow Lite model: convert it with tf2onnx";
        if (start.StartsWith("PK\x03\x04"u8))
            return "it is a zip archive, as PyTorch (.pt) and Keras (.keras) write: export the model to ONNX";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']))
            return "it is an HDF5 file, as Keras (.h5) writes: export the model to ONNX";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "it is compressed by gzip: unpack it";
        if (start.StartsWith("<!DOCTYPE"u8) || start.StartsWith("<html"u8))
            return "it is a web page, probably of a failed download: download it again";
        return IsText(start) ? "it is a text file: give a binary .onnx file" : null;
    }

    private static bool At(ReadOnlySpan<byte> start, int offset, ReadOnlySpan<byte> mark) =>
        start.Length >= offset + mark.Length && start[offset..].StartsWith(mark);

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (byte value in start)
        {
            if (value < (byte)' ' && value is not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        }
        // The cut may go through a character of up to 4 bytes.
        for (int cut = 0; cut < 4 && cut < start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
                return true;
        }

        return false;
    }
}
