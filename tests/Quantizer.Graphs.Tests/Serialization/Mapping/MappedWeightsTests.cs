using System.Runtime.InteropServices;
using Google.Protobuf;
using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Testing;

namespace Quantizer.Graphs.Tests.Serialization.Mapping;

public sealed class MappedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_of_a_file_are_windows_into_its_map()
    {
        Tensor inNode = Tensor.FromFloats("c", [2], [3f, 4f]);
        Graph branch = new GraphBuilder().Constant("inner", [2], [5f, 6f]).BuildGraph();
        OnnxModel built = new GraphBuilder()
            .Constant("w", [2], [1f, 2f])
            .Node("Constant", [], ["c"], NodeAttribute.Of("value", inNode))
            .Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", branch))
            .Build();
        OnnxFile.Write(built, _folder.File("m.onnx"));

        using OnnxModel model = OnnxFile.Read(_folder.File("m.onnx"));

        Tensor[] tensors =
        [
            model.Graph.Initializers[0],
            ((AttributeValue.OfTensor)model.Graph.Nodes[0].Attributes[0].Value).Value,
            model.Graph.Nodes[1].Subgraphs.Single().Initializers[0],
        ];
        Assert.All(tensors, tensor => Assert.False(MemoryMarshal.TryGetArray(tensor.Data, out _), $"{tensor} was copied"));
        Assert.Equal(
            [
                [1f, 2f],
                [3f, 4f],
                [5f, 6f],
            ],
            tensors.Select(tensor => tensor.Values<float>().ToArray())
        );
    }

    [Fact]
    public void Weights_of_bytes_are_windows_into_them()
    {
        byte[] bytes = OnnxFile.ToBytes(new GraphBuilder().Constant("w", [2], [1f, 2f]).Build());

        using OnnxModel model = OnnxFile.Parse(bytes, "m");

        Assert.True(MemoryMarshal.TryGetArray(model.Graph.Initializers[0].Data, out ArraySegment<byte> segment));
        Assert.Same(bytes, segment.Array);
    }

    [Fact]
    public void A_tensor_of_a_disposed_model_says_so()
    {
        OnnxFile.Write(new GraphBuilder().Constant("w", [1], [1f]).Build(), _folder.File("m.onnx"));
        OnnxModel model = OnnxFile.Read(_folder.File("m.onnx"));

        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Graph.Initializers[0].Data.Span.Length);
    }

    [UnixFact] // Elsewhere the hole in the file would take its room on the disk.
    public void A_file_of_3_GB_is_read_without_reading_its_weights()
    {
        const int Half = 1_500_000_000;
        WriteSparse(_folder.File("m.onnx"), Half);
        long before = GC.GetAllocatedBytesForCurrentThread();

        using OnnxModel model = OnnxFile.Read(_folder.File("m.onnx"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal([Half, Half], model.Graph.Initializers.Select(tensor => tensor.Data.Length));
        Assert.Equal(7, model.Graph.Initializers[1].Data.Span[^1]);
        Assert.Equal("last", model.Graph.Name);
    }

    // Two initializers of the given size, all zero but the last byte of the second, and the graph's name after them.
    private static void WriteSparse(string path, int size)
    {
        byte[] head = new TensorProto { DataType = (int)ElementType.UInt8, Dims = { size } }.ToByteArray();
        byte[] name = new GraphProto { Name = "last" }.ToByteArray();
        long tensor = head.Length + 1 + CodedOutputStream.ComputeLengthSize(size) + (long)size;
        long graph = 2 * (1 + CodedOutputStream.ComputeUInt64Size((ulong)tensor) + tensor) + name.Length;
        using FileStream file = new(path, FileMode.Create);
        Put(
            file,
            output =>
            {
                output.WriteTag(1, WireFormat.WireType.Varint);
                output.WriteInt64(8);
            }
        );
        Put(
            file,
            output =>
            {
                output.WriteTag(7, WireFormat.WireType.LengthDelimited);
                output.WriteUInt64((ulong)graph);
            }
        );
        for (int i = 0; i < 2; i++)
        {
            Put(
                file,
                output =>
                {
                    output.WriteTag(5, WireFormat.WireType.LengthDelimited);
                    output.WriteUInt64((ulong)tensor);
                }
            );
            file.Write(head);
            Put(
                file,
                output =>
                {
                    output.WriteTag(9, WireFormat.WireType.LengthDelimited);
                    output.WriteLength(size);
                }
            );
            file.Seek(size - 1, SeekOrigin.Current);
            file.WriteByte((byte)(7 * i));
        }
        file.Write(name);
    }

    private static void Put(FileStream file, Action<CodedOutputStream> write)
    {
        using CodedOutputStream output = new(file, leaveOpen: true);
        write(output);
    }
}
