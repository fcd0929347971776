using Google.Protobuf;
using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Testing;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;
using Location = Quantizer.Graphs.Serialization.Wire.TensorProto.Types.DataLocation;

namespace Quantizer.Graphs.Tests.Serialization.ExternalData;

public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryFolder _outside = new();
    private readonly string _folder;

    public ExternalDataTests()
    {
        _folder = Directory.CreateDirectory(_outside.File("model")).FullName;
        File.WriteAllBytes(In("weights.bin"), [1, 2, 3, 4, 5, 6, 7, 8]);
        File.WriteAllBytes(_outside.File("secret.bin"), [9, 9, 9, 9]);
    }

    public void Dispose() => _outside.Dispose();

    [Fact]
    public void Data_is_read_from_its_place_in_the_file()
    {
        using OnnxModel model = Read(Tensor(("location", "weights.bin"), ("offset", "2"), ("length", "4")));

        Tensor tensor = Assert.Single(model.Graph.Initializers);
        Assert.Equal([3, 4, 5, 6], tensor.Data.ToArray());
        Assert.Equal(TensorStorage.External, tensor.Storage);
        Assert.Equal("weights.bin", tensor.ExternalLocation);
    }

    [Fact]
    public void Without_a_length_the_dimensions_say_how_much()
    {
        using OnnxModel model = Read(Tensor(("location", "weights.bin"), ("offset", "4")));

        Assert.Equal([5, 6, 7, 8], model.Graph.Initializers[0].Data.ToArray());
    }

    [Fact]
    public void Written_again_the_data_lies_in_the_model()
    {
        using OnnxModel model = Read(Tensor(("location", "weights.bin"), ("checksum", "?")));

        TensorProto written = Assert.Single(RoundTripTests.Write(model).Graph.Initializer);

        Assert.Equal(
            new TensorProto
            {
                Name = "w",
                Dims = { 4 },
                DataType = (int)ElementType.UInt8,
                RawData = ByteString.CopyFrom(1, 2, 3, 4),
            },
            written
        );
    }

    [UnixFact]
    public void Data_in_a_folder_below_and_behind_a_link_that_stays_inside_is_read()
    {
        Directory.CreateDirectory(In("data"));
        File.CreateSymbolicLink(In("data/link.bin"), "../weights.bin");

        using OnnxModel model = Read(Tensor(("location", "./data/link.bin")));

        Assert.Equal([1, 2, 3, 4], model.Graph.Initializers[0].Data.ToArray());
    }

    [Fact]
    public void Tensors_that_only_pass_through_are_read_too()
    {
        AttributeProto list = new()
        {
            Name = "list",
            Type = Kind.Tensors,
            Tensors = { Tensor(("location", "weights.bin")) },
        };
        ModelProto proto = new()
        {
            IrVersion = 8,
            Graph = new GraphProto { Node = { new NodeProto { Attribute = { list } } } },
        };
        File.WriteAllBytes(In("m.onnx"), proto.ToByteArray());

        using OnnxModel model = OnnxFile.Read(In("m.onnx"));

        TensorProto written = RoundTripTests.Write(model).Graph.Node[0].Attribute[0].Tensors[0];
        Assert.Equal(ByteString.CopyFrom(1, 2, 3, 4), written.RawData);
        Assert.False(written.HasDataLocation);
    }

    [Theory]
    [InlineData("../secret.bin", "contains '..'")]
    [InlineData("data/../../secret.bin", "contains '..'")]
    [InlineData(@"..\secret.bin", "contains '..'")]
    [InlineData("/etc/passwd", "is an absolute path")]
    [InlineData(@"C:\secret.bin", "is an absolute path")]
    [InlineData(@"\\server\share", "is an absolute path")]
    [InlineData("weights.bin\0", "contains a zero byte")]
    [InlineData("missing.bin", "is missing")]
    [InlineData("", "names no file")]
    public void A_location_that_is_not_a_file_of_the_folder_is_refused(string location, string reason) =>
        AssertRefused(Tensor(("location", location)), reason);

    [UnixFact]
    public void A_link_that_leaves_the_folder_is_refused()
    {
        File.CreateSymbolicLink(In("link.bin"), "../secret.bin");
        AssertRefused(Tensor(("location", "link.bin")), $"passes the symbolic link '{In("link.bin")}', which leaves that folder");
    }

    [UnixFact]
    public void A_linked_folder_that_leaves_the_folder_is_refused()
    {
        Directory.CreateSymbolicLink(In("data"), _outside.Path);
        AssertRefused(Tensor(("location", "data/secret.bin")), "which leaves that folder");
    }

    [UnixFact]
    public void A_link_that_reaches_outside_by_a_second_link_is_refused()
    {
        Directory.CreateSymbolicLink(In("out"), _outside.Path);
        File.CreateSymbolicLink(In("link.bin"), In("out/secret.bin"));
        AssertRefused(Tensor(("location", "link.bin")), "which leaves that folder");
    }

    [UnixFact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(In("a.bin"), "b.bin");
        File.CreateSymbolicLink(In("b.bin"), "a.bin");
        AssertRefused(Tensor(("location", "a.bin")), "");
    }

    [Theory]
    [InlineData("6", "4", "holds 8 bytes, too few for 4 bytes at 6")]
    [InlineData("9", null, "holds 8 bytes, too few for 4 bytes at 9")]
    [InlineData("9223372036854775807", "4", "holds 8 bytes, too few for 4 bytes at 9223372036854775807")]
    [InlineData("-1", null, "gives the offset '-1', which is not a whole number of 0 or more")]
    [InlineData("0", "four", "gives the length 'four', which is not a whole number of 0 or more")]
    [InlineData("0", "99999999999999999999", "gives the length '99999999999999999999'")]
    public void A_range_outside_the_file_is_refused(string offset, string? length, string reason) =>
        AssertRefused(Tensor(("location", "weights.bin"), ("offset", offset), ("length", length)), reason);

    [Fact]
    public void A_length_that_disagrees_with_the_dimensions_is_refused()
    {
        string message = Refusal(Tensor(("location", "weights.bin"), ("length", "5")));

        Assert.Contains("tensor 'w' (UInt8[4]) needs 4 bytes of data for its dimensions, but the file holds 5", message);
    }

    [UnixFact]
    public void A_pipe_is_not_waited_for()
    {
        using var process = System.Diagnostics.Process.Start("mkfifo", In("pipe"));
        process.WaitForExit();
        AssertRefused(Tensor(("location", "pipe")), "it is a named pipe, where a file was expected");
    }

    [Fact]
    public void A_model_in_memory_has_no_folder()
    {
        ModelProto proto = Model(Tensor(("location", "weights.bin")));

        ModelFormatException error = Assert.Throws<ModelFormatException>(() => OnnxFile.Parse(proto.ToByteArray(), "m"));

        Assert.Contains("cannot be found for a model given as bytes; give it as a file", error.Message);
    }

    private void AssertRefused(TensorProto tensor, string reason)
    {
        string message = Refusal(tensor);
        Assert.StartsWith($"'{In("m.onnx")}': the external data '", message);
        Assert.Contains("of tensor 'w'", message);
        Assert.Contains(reason, message);
        Assert.EndsWith("or export the model again.", message);
    }

    private string Refusal(TensorProto tensor) => Assert.Throws<ModelFormatException>(() => Read(tensor)).Message;

    private OnnxModel Read(TensorProto tensor)
    {
        File.WriteAllBytes(In("m.onnx"), Model(tensor).ToByteArray());
        return OnnxFile.Read(In("m.onnx"));
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static ModelProto Model(TensorProto tensor) =>
        new()
        {
            IrVersion = 8,
            Graph = new GraphProto { Initializer = { tensor } },
        };

    private static TensorProto Tensor(params (string Key, string? Value)[] entries)
    {
        TensorProto tensor = new()
        {
            Name = "w",
            Dims = { 4 },
            DataType = (int)ElementType.UInt8,
            DataLocation = Location.External,
        };
        foreach ((string key, string? value) in entries)
        {
            if (value is not null)
                tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        return tensor;
    }
}
