using Google.Protobuf;
using Quantizer.Graphs.Serialization.Codecs;
using Quantizer.Graphs.Serialization.ExternalData;
using Quantizer.Graphs.Serialization.Mapping;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization;

/// <summary>Single tensors in files of their own, as ONNX test data hold them.</summary>
internal static class TensorFile
{
    /// <param name="bytes">A TensorProto.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="ModelFormatException">They are no tensor, damaged, or refer to external data.</exception>
    public static Tensor Parse(byte[] bytes, string name)
    {
        try
        {
            using MappingCache none = new();
            return new TensorReader(name, new ExternalFiles(name, locations: null, none)).Read(TensorProto.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new ModelFormatException($"'{name}' is no ONNX tensor: {error.Message}", error);
        }
    }
}
