using Quantizer.Graphs.Serialization.ExternalData;

namespace Quantizer.Graphs.Serialization;

/// <summary>
/// Reads and writes ONNX files. Lossless: what the graph types do not hold passes through
/// (<see cref="PreservedFields"/>), and a field that is present with its default value stays present. Two things are
/// made uniform: an attribute without a type (IR version 1) gets it, and external data goes into the model, or, above
/// 2 GB, into one file beside it.
/// </summary>
internal static class OnnxFile
{
    /// <summary>
    /// Reads a model; its weights, external ones included, stay in a map of the file, which the model owns. Nothing
    /// outside the model's own folder is ever opened.
    /// </summary>
    /// <exception cref="ModelFormatException">The file is missing, no ONNX model, damaged, or refers to data outside its own
    /// folder.</exception>
    public static OnnxModel Read(string path) =>
        ModelReader.ReadFile(path, new ModelFolder(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path));

    /// <summary>Reads a model whose external data all lie in one known file, whatever the model says.</summary>
    /// <exception cref="ModelFormatException">The file is missing, no ONNX model, damaged, or refers to data that the other file does
    /// not hold.</exception>
    public static OnnxModel Read(string path, string dataPath) => ModelReader.ReadFile(path, new KnownFile(dataPath));

    /// <summary>Parses a model held in memory, without external data. The tensors are windows into <paramref name="bytes"/>: leave them
    /// unchanged.</summary>
    /// <param name="bytes">The model.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelFormatException">The bytes are no ONNX model, damaged, or refer to external data.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, string name) => ModelReader.ReadBytes(bytes, name);

    /// <summary>
    /// Writes a <see cref="Files.ReplacingFile"/>: no half-written file ever has that name, and a failure leaves what was
    /// there. A model of 2 GB or more gets its weights in <c>NAME.data</c> beside it.
    /// The model may be written over the file it was read from.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; the message names it and what to do.</exception>
    /// <exception cref="ModelFormatException">The model is too large even without its initializers.</exception>
    public static void Write(OnnxModel model, string path) => Write(model, path, ModelWriter.MessageLimit);

    /// <summary>The bytes that <see cref="Write(OnnxModel, string)"/> would write; of more than 2 GB, within some bytes for each
    /// tensor.</summary>
    public static long SizeOf(OnnxModel model) => ModelWriter.SizeOf(model);

    /// <summary>The model as one byte array, with every weight in it.</summary>
    /// <exception cref="ModelFormatException">The model is larger than an array can be (2 GB).</exception>
    public static byte[] ToBytes(OnnxModel model) => ModelWriter.ToBytes(model, Array.MaxLength);

    /// <summary>The model without its larger initializers, for those who supply them otherwise.</summary>
    /// <param name="apart">The initializers that were left out, by the files of external data that the model says they fill.</param>
    public static byte[] ToBytes(OnnxModel model, out IReadOnlyDictionary<string, Tensor> apart) => ModelWriter.ToBytes(model, out apart);

    internal static void Write(OnnxModel model, string path, long limit)
    {
        string full = Path.GetFullPath(path),
            folder = Path.GetDirectoryName(full) ?? "";
        if (folder.Length == 0 || Directory.Exists(full))
            throw new IOException($"The model cannot be written to '{path}', which is a folder. Name a file.");
        if (!Directory.Exists(folder))
            throw new IOException($"The model cannot be written to '{path}': the folder '{folder}' does not exist. Create it first.");
        // Renaming onto a device would replace it by a file.
        if (folder == "/dev")
            throw new IOException($"The model cannot be written to '{path}', which is a device. Name a file.");
        try
        {
            ModelWriter.WriteFile(model, full, limit);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The model cannot be written to '{path}': {error.Message} What was there before is unchanged. Check that the folder is "
                    + $"writable and the disk has room.",
                error
            );
        }
    }
}
