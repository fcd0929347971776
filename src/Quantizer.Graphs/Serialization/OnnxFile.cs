namespace Quantizer.Graphs.Serialization;

/// <summary>Reads and writes ONNX files.</summary>
public static class OnnxFile
{
    /// <summary>Reads a model; large tensors stay in a map of the file until they are looked at.</summary>
    /// <exception cref="ModelFormatException">The file is missing, no ONNX model, truncated, or refers to data outside its own folder.</exception>
    public static OnnxModel Read(string path) => throw new NotSupportedException(path);

    /// <summary>Parses a model held in memory, without external data.</summary>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, string name) => throw new NotSupportedException(name);

    /// <summary>Writes to a temporary file beside <paramref name="path"/>, then renames it: no half-written file stays under that name.</summary>
    public static void Write(OnnxModel model, string path) => throw new NotSupportedException(path);

    /// <summary>The model as one byte array; up to 2 GB.</summary>
    public static byte[] ToBytes(OnnxModel model) => throw new NotSupportedException(model.ProducerName);
}
