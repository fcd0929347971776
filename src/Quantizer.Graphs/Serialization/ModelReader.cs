using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using Quantizer.Graphs.Files;
using Quantizer.Graphs.Serialization.Codecs;
using Quantizer.Graphs.Serialization.ExternalData;
using Quantizer.Graphs.Serialization.Mapping;
using Quantizer.Graphs.Serialization.Scanning;
using Quantizer.Graphs.Serialization.Wire;
using Location = Quantizer.Graphs.Serialization.Wire.TensorProto.Types.DataLocation;

namespace Quantizer.Graphs.Serialization;

/// <summary>Bytes to model: scan, parse what is small, put the weights back in as windows, take the message apart.</summary>
internal sealed unsafe class ModelReader
{
    private readonly string _source;
    private readonly Func<ByteRange, ReadOnlyMemory<byte>> _window;
    private readonly ExternalFiles _external;
    private readonly MappingCache _files;

    private ModelReader(string source, Func<ByteRange, ReadOnlyMemory<byte>> window, IDataLocations? locations, MappingCache files)
    {
        _source = source;
        _window = window;
        _external = new ExternalFiles(source, locations, files);
        _files = files;
    }

    public static OnnxModel ReadFile(string path, IDataLocations locations)
    {
        string full = Path.GetFullPath(path);
        MappingCache files = new();
        try
        {
            MappedFile file = Open(files, path, full);
            ModelReader reader = new(path, range => file.Window(range.Offset, range.Length), locations, files);
            return reader.Read(file.Start, file.Length);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public static OnnxModel ReadBytes(ReadOnlyMemory<byte> bytes, string source)
    {
        if (bytes.IsEmpty)
            throw Empty(source);
        using MemoryHandle pin = bytes.Pin();
        MappingCache none = new();
        ModelReader reader = new(source, range => bytes.Slice((int)range.Offset, range.Length), locations: null, none);
        return reader.Read((byte*)pin.Pointer, bytes.Length);
    }

    private static MappedFile Open(MappingCache files, string path, string full)
    {
        if (Directory.Exists(full))
            throw new ModelFormatException($"'{path}' is a folder. Name the .onnx file in it.");
        if (!File.Exists(full))
            throw new ModelFormatException($"The model '{path}' does not exist (looked for '{full}'). Check the path.");
        if (FileStatus.SpecialKindOf(full) is { } kind)
            throw new ModelFormatException($"The model '{path}' is {kind}; an .onnx file was expected. Save the model in a file.");
        if (new FileInfo(full).Length == 0)
            throw Empty(path);
        try
        {
            return files.Open(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(
                $"The model '{path}' cannot be opened: {error.Message} Check that you may read it and that nobody else is writing it.",
                error
            );
        }
    }

    private OnnxModel Read(byte* bytes, long length)
    {
        try
        {
            ScannedModel scanned = WeightScan.Run(bytes, length, _source);
            ModelProto proto = ModelProto.Parser.ParseFrom(scanned.Structure.Span);
            Check(proto);
            TensorWalk.Visit(proto, (tensor, isModelled) => Restore(tensor, isModelled, scanned.Weights));
            OnnxModel model = ModelCodec.Read(proto, new TensorReader(_source, _external), _files);
            model.Files = [.. _files.Paths];
            return model;
        }
        catch (Exception error) when (error is ModelFormatException or InvalidProtocolBufferException)
        {
            if (ForeignFormat.Describe(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, int.MaxValue))) is string format)
                throw new ModelFormatException($"'{_source}' is no ONNX model; {format}.", error);
            if (error is ModelFormatException)
                throw;
            throw new ModelFormatException(
                $"'{_source}' is no ONNX model or is damaged: {error.Message} Download or export it again.",
                error
            );
        }
    }

    private void Check(ModelProto proto)
    {
        if (proto.Graph is null)
            throw new ModelFormatException($"'{_source}' is no ONNX model: it holds no graph. Give a file that was exported to ONNX.");
        if (proto.IrVersion <= 0)
        {
            throw new ModelFormatException(
                $"'{_source}' is no ONNX model: its IR version is {(proto.HasIrVersion ? proto.IrVersion : "missing")}, where 1 or more "
                    + $"is expected. Export it again."
            );
        }
    }

    private void Restore(TensorProto tensor, bool isModelled, IReadOnlyList<ByteRange> weights)
    {
        if (isModelled && tensor.HasRawData)
        {
            ByteRange range = weights[BinaryPrimitives.ReadInt32LittleEndian(tensor.RawData.Span)];
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(_window(range));
        }
        // What only passes through must not depend on a file beside the old place.
        if (!isModelled && tensor.DataLocation == Location.External)
            _external.Inline(tensor);
    }

    private static ModelFormatException Empty(string source) => new($"The model '{source}' is empty. Download or export it again.");
}
