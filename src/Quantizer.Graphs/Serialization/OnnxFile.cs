using Google.Protobuf;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization;

/// <summary>Reads and writes ONNX files.</summary>
public static class OnnxFile
{
    /// <summary>Reads a model; large tensors stay in a map of the file until they are looked at.</summary>
    /// <exception cref="ModelFormatException">The file is missing, no ONNX model, truncated, or refers to data outside its own folder.</exception>
    public static OnnxModel Read(string path)
    {
        if (!File.Exists(path)) throw new ModelFormatException($"The model '{path}' does not exist. Check the path.");
        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Parses a model held in memory, without external data.</summary>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new ModelFormatException($"'{name}' is not an ONNX model or is damaged: {error.Message}", error);
        }
        if (proto.Graph is null || proto.IrVersion <= 0)
            throw new ModelFormatException($"'{name}' is not an ONNX model: it has no graph or no IR version.");
        return ModelCodec.Read(proto, new TensorCodec(name), storage: null);
    }

    /// <summary>Writes to a temporary file beside <paramref name="path"/>, then renames it: no half-written file stays under that name.</summary>
    public static void Write(OnnxModel model, string path)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, ToBytes(model));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The model as one byte array; up to 2 GB.</summary>
    public static byte[] ToBytes(OnnxModel model) => ModelCodec.Write(model, new TensorCodec(model.Graph.Name)).ToByteArray();
}
