using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Testing;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file()
    {
        string path = _folder.File("m.onnx");
        Assert.Equal($"The model '{path}' does not exist (looked for '{path}'). Check the path.", MessageOf(path));
    }

    [Fact]
    public void A_folder() => Assert.Equal($"'{_folder.Path}' is a folder. Name the .onnx file in it.", MessageOf(_folder.Path));

    [Fact]
    public void An_empty_file() => Assert.Equal("The model '{0}' is empty. Download or export it again.", MessageOf([]));

    [Fact]
    public void A_text_file() =>
        Assert.Equal("'{0}' is no ONNX model; it is a text file: give a binary .onnx file.", MessageOf(Encoding.UTF8.GetBytes("Hällo\n")));

    [Fact]
    public void A_long_text_cut_within_a_character() =>
        Assert.Contains("it is a text file", MessageOf(Encoding.UTF8.GetBytes("x" + new string('ä', 2000))));

    [Theory]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "it is a Git LFS pointer: fetch the model itself with 'git lfs pull'."
    )]
    [InlineData("<!DOCTYPE html><html>", "it is a web page, probably of a failed download: download it again.")]
    [InlineData("\u0010\0\0\0ORTM\0\0\0\0", "it is a model in ORT format: give the .onnx file that it was made from.")]
    [InlineData("\u001c\0\0\0TFL3\0\0\0\0", "it is a TensorFlow Lite model: convert it with tf2onnx.")]
    [InlineData("PK\u0003\u0004\u0014\0", "it is a zip archive, as PyTorch (.pt) and Keras (.keras) write: export the model to ONNX.")]
    public void Another_format(string start, string remedy) =>
        Assert.Equal($"'{{0}}' is no ONNX model; {remedy}", MessageOf(Encoding.Latin1.GetBytes(start)));

    [Fact]
    public void An_hdf5_file() =>
        Assert.Contains("it is an HDF5 file", MessageOf([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]));

    [Fact]
    public void A_compressed_file()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Small().ToByteArray());
        Assert.Contains("it is compressed by gzip: unpack it", MessageOf(packed.ToArray()));
    }

    [Fact]
    public void A_truncated_file_says_where_it_breaks_off()
    {
        byte[] bytes = Small().ToByteArray();
        Assert.Matches(
            @"^'\{0\}' is no ONNX model or is damaged: at byte \d+ of \d+, a field claims \d+ bytes where \d+ are left\. Download or export it again\.$",
            MessageOf(bytes[..^3])
        );
    }

    [Fact]
    public void A_model_without_a_graph() =>
        Assert.Equal(
            "'{0}' is no ONNX model: it holds no graph. Give a file that was exported to ONNX.",
            MessageOf(new ModelProto { IrVersion = 8, ProducerName = "x" }.ToByteArray())
        );

    [Fact]
    public void A_model_without_an_ir_version() =>
        Assert.Equal(
            "'{0}' is no ONNX model: its IR version is missing, where 1 or more is expected. Export it again.",
            MessageOf(new ModelProto { Graph = new GraphProto() }.ToByteArray())
        );

    [Fact]
    public void Text_that_is_not_utf8_is_named_by_its_field()
    {
        byte[] bytes = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Node = { new NodeProto { OpType = "Relu" } } },
        }.ToByteArray();
        bytes[bytes.AsSpan().IndexOf("Relu"u8)] = 0xFF;
        Assert.Contains("field 4 of a NodeProto is not valid UTF-8 text", MessageOf(bytes));
    }

    [Fact]
    public void A_length_that_lies_costs_no_memory()
    {
        // graph, initializer, raw_data of 2^63 - 1 bytes.
        byte[] bytes = [0x08, 8, 0x3A, 12, 0x2A, 10, 0x4A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
        Assert.Contains("a field claims 9223372036854775807 bytes where 0 are left", MessageOf(bytes));
    }

    [Fact]
    public void Dimensions_that_lie_cost_no_memory()
    {
        Assert.Contains(
            "tensor 'w' (Float[1000000,1000000]) needs 4000000000000 bytes of data for its dimensions, but the file holds 4",
            MessageOf(WithTensor(1000000, 1000000))
        );
        Assert.Contains("has more elements than 64 bits can count", MessageOf(WithTensor(long.MaxValue, 3)));
        Assert.Contains("has the dimension -1; dimensions of a constant are 0 or more", MessageOf(WithTensor(-1)));
    }

    [Fact]
    public void A_constant_without_data_is_named()
    {
        byte[] bytes = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto
            {
                Initializer =
                {
                    new TensorProto
                    {
                        Name = "w",
                        DataType = 1,
                        Dims = { 2 },
                    },
                },
            },
        }.ToByteArray();
        Assert.Equal(
            "'{0}': tensor 'w' (Float[2]) needs 8 bytes of data for its dimensions, but the file holds 0. The file is damaged: export or "
                + "download the model again.",
            MessageOf(bytes)
        );
    }

    [Fact]
    public void Too_many_messages_are_refused_before_they_become_objects()
    {
        const int Nodes = 3_000_000; // and the model and its graph
        byte[] graph = new byte[2 * Nodes];
        for (int i = 0; i < graph.Length; i += 2)
            graph[i] = 0x0A; // node, of length 0
        using MemoryStream model = new();
        CodedOutputStream output = new(model);
        output.WriteRawTag(0x08);
        output.WriteInt64(8);
        output.WriteRawTag(0x3A);
        output.WriteLength(graph.Length);
        output.Flush();
        model.Write(graph);

        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => OnnxFile.Parse(model.ToArray(), "bomb"));

        Assert.Contains("there are more than 3000000 nodes, attributes, dimensions and the like", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Subgraphs_nested_as_deep_as_the_runtime_allows_are_read_and_one_more_is_refused()
    {
        using OnnxModel model = OnnxFile.Parse(Nested(33).ToByteArray(), "nested");
        Assert.Single(model.Graph.Nodes);
        Assert.Contains("messages are nested deeper than 100, the limit of ONNX Runtime too", MessageOf(Nested(34).ToByteArray()));
    }

    [Fact]
    public void A_wire_type_that_onnx_does_not_use_is_refused() =>
        Assert.Contains("a field of a ModelProto has the wire type 3", MessageOf([0x08, 8, 0x0B, 0x0C]));

    [Fact]
    public void A_failed_reading_gives_the_file_free()
    {
        File.WriteAllBytes(_folder.File("m.onnx"), [0x08]);
        Assert.Throws<ModelFormatException>(() => OnnxFile.Read(_folder.File("m.onnx")));
        using FileStream exclusive = new(_folder.File("m.onnx"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(1, exclusive.Length);
    }

    private static ModelProto Small() =>
        new()
        {
            IrVersion = 8,
            ProducerName = "test",
            Graph = new GraphProto { Name = "graph", DocString = "a text of some length" },
        };

    private static byte[] WithTensor(params long[] dimensions) =>
        new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto
            {
                Initializer =
                {
                    new TensorProto
                    {
                        Name = "w",
                        DataType = 1,
                        Dims = { dimensions },
                        RawData = ByteString.CopyFrom(0, 0, 0, 0),
                    },
                },
            },
        }.ToByteArray();

    private static ModelProto Nested(int subgraphs)
    {
        GraphProto graph = new();
        for (int i = 0; i < subgraphs; i++)
        {
            graph = new GraphProto
            {
                Node =
                {
                    new NodeProto
                    {
                        Attribute =
                        {
                            new AttributeProto
                            {
                                Name = "body",
                                Type = AttributeProto.Types.AttributeType.Graph,
                                G = graph,
                            },
                        },
                    },
                },
            };
        }

        return new ModelProto { IrVersion = 8, Graph = graph };
    }

    private string MessageOf(byte[] bytes)
    {
        string path = _folder.File("m.onnx");
        File.WriteAllBytes(path, bytes);
        string message = MessageOf(path);
        string inMemory = Assert.Throws<ModelFormatException>(() => OnnxFile.Parse(bytes, path)).Message;
        Assert.Equal(message, inMemory);
        return message.Replace(path, "{0}");
    }

    private static string MessageOf(string path) => Assert.Throws<ModelFormatException>(() => OnnxFile.Read(path)).Message;
}
