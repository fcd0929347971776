using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Testing;
using Location = Quantizer.Graphs.Serialization.Wire.TensorProto.Types.DataLocation;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class WritingTests : IDisposable
{
    private const int SmallLimit = 12_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_written_model_is_alone_in_its_folder_and_reads_back()
    {
        OnnxFile.Write(TwoWeights(), _folder.File("m.onnx"));

        using OnnxModel read = OnnxFile.Read(_folder.File("m.onnx"));
        Assert.Equal(["m.onnx"], _folder.Names);
        Assert.Equal(OnnxFile.ToBytes(TwoWeights()), OnnxFile.ToBytes(read));
    }

    [Fact]
    public void Writing_replaces_the_file_the_model_was_read_from()
    {
        OnnxFile.Write(TwoWeights(), _folder.File("m.onnx"));
        using OnnxModel model = OnnxFile.Read(_folder.File("m.onnx"));
        model.Graph.Name = "renamed";

        OnnxFile.Write(model, _folder.File("m.onnx"));

        using OnnxModel again = OnnxFile.Read(_folder.File("m.onnx"));
        Assert.Equal("renamed", again.Graph.Name);
        Assert.Equal(model.Graph.Initializers[1].Data.ToArray(), again.Graph.Initializers[1].Data.ToArray());
    }

    [Fact]
    public void Above_the_limit_large_initializers_go_into_one_file_beside_the_model()
    {
        OnnxFile.Write(TwoWeights(), _folder.File("m.onnx"), SmallLimit);

        Assert.Equal(["m.onnx", "m.onnx.data"], _folder.Names);
        ModelProto proto = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder.File("m.onnx")));
        Assert.Equal(
            [Location.External, Location.External, Location.Default],
            proto.Graph.Initializer.Select(tensor => tensor.DataLocation)
        );
        Assert.Equal(
            ["0", "8192"],
            proto.Graph.Initializer.Take(2).Select(tensor => tensor.ExternalData.Single(entry => entry.Key == "offset").Value)
        );
        using OnnxModel read = OnnxFile.Read(_folder.File("m.onnx"));
        Assert.Equal(OnnxFile.ToBytes(TwoWeights()), OnnxFile.ToBytes(read));
    }

    [Fact]
    public void A_model_with_external_data_can_be_written_over_itself()
    {
        OnnxFile.Write(TwoWeights(), _folder.File("m.onnx"), SmallLimit);
        using OnnxModel model = OnnxFile.Read(_folder.File("m.onnx"));

        OnnxFile.Write(model, _folder.File("m.onnx"), SmallLimit);

        using OnnxModel again = OnnxFile.Read(_folder.File("m.onnx"));
        Assert.Equal(["m.onnx", "m.onnx.data"], _folder.Names);
        Assert.Equal(OnnxFile.ToBytes(TwoWeights()), OnnxFile.ToBytes(again));
    }

    [Fact]
    public void Typed_data_above_the_limit_goes_beside_the_model_as_raw_bytes()
    {
        Tensor typed = new("w", ElementType.Int8, [5000], Enumerable.Repeat((byte)0xFF, 5000).ToArray()) { Storage = TensorStorage.Typed };
        OnnxModel model = new GraphBuilder().Constant(typed).Build();

        OnnxFile.Write(model, _folder.File("m.onnx"), SmallLimit); // 5,000 bytes, but 50,000 as varints of -1

        Assert.Equal(5000, new FileInfo(_folder.File("m.onnx.data")).Length);
    }

    [Fact]
    public void A_model_too_large_without_its_initializers_is_refused_and_leaves_nothing()
    {
        Tensor weights = Tensor.FromFloats("c", [4000], new float[4000]);
        OnnxModel model = new GraphBuilder().Node("Constant", [], ["c"], NodeAttribute.Of("value", weights)).Build();

        ModelFormatException error = Assert.Throws<ModelFormatException>(() => OnnxFile.Write(model, _folder.File("m.onnx"), SmallLimit));

        Assert.Contains("Turn large Constant nodes into initializers", error.Message);
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(SmallLimit)]
    public void A_failure_while_writing_leaves_the_old_files_and_nothing_else(long limit)
    {
        OnnxFile.Write(TwoWeights(), _folder.File("source.onnx"));
        OnnxModel model = OnnxFile.Read(_folder.File("source.onnx"));
        model.Dispose(); // its weights are gone: copying them fails in the middle of the file
        File.WriteAllText(_folder.File("m.onnx"), "old");
        File.WriteAllText(_folder.File("m.onnx.data"), "old data");

        Assert.Throws<ObjectDisposedException>(() => OnnxFile.Write(model, _folder.File("m.onnx"), limit));

        Assert.Equal(["m.onnx", "m.onnx.data", "source.onnx"], _folder.Names);
        Assert.Equal("old", File.ReadAllText(_folder.File("m.onnx")));
        Assert.Equal("old data", File.ReadAllText(_folder.File("m.onnx.data")));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named_with_what_to_do()
    {
        File.WriteAllText(_folder.File("file"), "");

        AssertRefused(_folder.Path, "which is a folder. Name a file.");
        AssertRefused(_folder.File("no/m.onnx"), $"the folder '{_folder.File("no")}' does not exist. Create it first.");
        AssertRefused(_folder.File(new string('n', 300) + ".onnx"), "Check that the folder is writable and the disk has room.");
    }

    [UnixFact]
    public void A_device_is_not_replaced() => AssertRefused("/dev/null", "which is a device. Name a file.");

    [Fact]
    public void Bytes_beyond_an_array_are_refused()
    {
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => ModelWriter.ToBytes(TwoWeights(), SmallLimit));
        Assert.Contains($"one array holds {SmallLimit}. Write it to a file instead.", error.Message);
    }

    private static void AssertRefused(string path, string reason)
    {
        IOException error = Assert.Throws<IOException>(() => OnnxFile.Write(TwoWeights(), path));
        Assert.StartsWith($"The model cannot be written to '{path}'", error.Message);
        Assert.Contains(reason, error.Message);
    }

    private static OnnxModel TwoWeights() =>
        new GraphBuilder()
            .Constant("a", [2000], Enumerable.Range(0, 2000).Select(i => (float)i).ToArray())
            .Constant("b", [2000], Enumerable.Range(0, 2000).Select(i => -(float)i).ToArray())
            .Constant("small", [1], [1f])
            .Build();

    [Fact]
    public void Larger_initializers_can_be_left_out_for_those_who_supply_them()
    {
        OnnxModel model = TwoWeights();
        long[] large = [.. model.Graph.Initializers.Where(tensor => tensor.Data.Length >= 1024).Select(tensor => (long)tensor.Data.Length)];

        byte[] bytes = OnnxFile.ToBytes(model, out IReadOnlyDictionary<string, Tensor> apart);

        Assert.NotEmpty(large);
        Assert.Equal(large, apart.Values.Select(tensor => (long)tensor.Data.Length));
        Assert.True(bytes.Length < OnnxFile.ToBytes(model).Length - large.Max());
        Assert.All(apart.Keys, location => Assert.Contains(location, System.Text.Encoding.UTF8.GetString(bytes)));
    }
}
