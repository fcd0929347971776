using Google.Protobuf;
using Quantizer.Graphs.Files;
using Quantizer.Graphs.Serialization.Codecs;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization;

/// <summary>
/// Model to bytes. protobuf counts in 32 bits and above that writes broken files without a word, so sizes are summed
/// here first, in 64; what is too large for one message gets its weights moved into a second file.
/// </summary>
internal sealed class ModelWriter
{
    /// <summary>What protobuf can count, and every runtime reads.</summary>
    public const long MessageLimit = int.MaxValue;

    // As the onnx package does: smaller ones (shapes, scales) stay where tools can see them.
    private const int SmallestExternal = 1024;

    // "Offset values SHOULD be multiples 4096 (page size) to enable mmap support" (onnx.proto, external_data).
    private const int Alignment = 4096;

    private const int BufferSize = 1 << 16;
    private readonly ModelProto _proto;
    private readonly TensorWriter _tensors = new();

    private ModelWriter(OnnxModel model) => _proto = ModelCodec.Write(model, _tensors);

    /// <summary>Exact for what fits into one file; an upper bound of both files for what does not.</summary>
    public static long SizeOf(OnnxModel model)
    {
        ModelWriter writer = new(model);
        long largest = writer.LargestSize(_ => true);
        if (largest > MessageLimit)
            return largest;
        foreach (TensorPlacement placement in writer._tensors.Placements)
            placement.PutInline();
        return writer._proto.CalculateSize();
    }

    /// <exception cref="ModelFormatException">The model is larger than an array can be.</exception>
    public static byte[] ToBytes(OnnxModel model, long limit)
    {
        ModelWriter writer = new(model);
        long size = writer.LargestSize(_ => true);
        if (size > limit)
            throw new ModelFormatException($"The model has up to {size} bytes, and one array holds {limit}. Write it to a file instead.");
        foreach (TensorPlacement placement in writer._tensors.Placements)
            placement.PutInline();
        return writer._proto.ToByteArray();
    }

    /// <param name="apart">The main graph's larger initializers, by the names of the files that the model looks for them in.</param>
    /// <exception cref="ModelFormatException">The model is too large even without them.</exception>
    public static byte[] ToBytes(OnnxModel model, out IReadOnlyDictionary<string, Tensor> apart)
    {
        ModelWriter writer = new(model);
        // ONNX Runtime takes supplied data for the main graph only: for a subgraph's it looks for the file.
        HashSet<Tensor> ofMainGraph = new(model.Graph.Initializers, ReferenceEqualityComparer.Instance);
        bool IsMoved(TensorPlacement placement) => IsMovable(placement) && ofMainGraph.Contains(placement.Tensor);
        RequireFit(writer.LargestSize(placement => !IsMoved(placement)), MessageLimit);
        Dictionary<string, Tensor> moved = [];
        foreach (TensorPlacement placement in writer._tensors.Placements)
        {
            if (!IsMoved(placement))
            {
                placement.PutInline();
                continue;
            }
            string location = $"initializer{moved.Count}";
            placement.PutExternal(location, offset: 0);
            moved[location] = placement.Tensor;
        }
        apart = moved;
        return writer._proto.ToByteArray();
    }

    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="ModelFormatException">The model is too large even without its initializers.</exception>
    public static void WriteFile(OnnxModel model, string path, long limit)
    {
        ModelWriter writer = new(model);
        if (writer.LargestSize(_ => true) <= limit)
            writer.WriteWhole(path);
        else
            writer.WriteWithData(path, limit);
    }

    private static bool IsMovable(TensorPlacement placement) => placement.IsInitializer && placement.Tensor.Data.Length >= SmallestExternal;

    private long LargestSize(Func<TensorPlacement, bool> isInline) =>
        _proto.CalculateSize() + _tensors.Placements.Where(isInline).Sum(placement => placement.LargestInlineSize);

    /// <param name="size">Without what lies apart.</param>
    private static void RequireFit(long size, long limit)
    {
        if (size > limit)
        {
            throw new ModelFormatException(
                $"The model has {size} bytes beside its initializers, and an ONNX file holds up to {limit}. Turn large Constant nodes "
                    + $"into initializers."
            );
        }
    }

    private void WriteWhole(string path)
    {
        foreach (TensorPlacement placement in _tensors.Placements)
            placement.PutInline();
        using ReplacingFile file = new(path);
        WriteMessage(file);
        file.Replace();
    }

    private void WriteWithData(string path, long limit)
    {
        string dataPath = path + ".data";
        using ReplacingFile data = new(dataPath);
        foreach (TensorPlacement placement in _tensors.Placements.Where(IsMovable))
        {
            long offset = Align(data.Stream);
            data.Stream.Write(placement.Tensor.Data.Span);
            placement.PutExternal(Path.GetFileName(dataPath), offset);
        }
        data.Complete();
        RequireFit(LargestSize(placement => !IsMovable(placement)), limit);
        foreach (TensorPlacement placement in _tensors.Placements.Where(placement => !IsMovable(placement)))
            placement.PutInline();
        using ReplacingFile file = new(path);
        WriteMessage(file);
        data.ReplaceForNow();
        file.Replace();
        data.Keep();
    }

    private void WriteMessage(ReplacingFile file)
    {
        using (CodedOutputStream output = new(file.Stream, BufferSize, leaveOpen: true))
            _proto.WriteTo(output);
        file.Complete();
    }

    private static long Align(Stream stream)
    {
        int padding = (int)((Alignment - stream.Position % Alignment) % Alignment);
        stream.Write(new byte[padding]);
        return stream.Position;
    }
}
