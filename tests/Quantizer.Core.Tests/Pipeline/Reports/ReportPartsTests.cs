using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline.Reports;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Reports;

public sealed class ReportPartsTests : IDisposable
{
    private const int Width = 128,
        WeightBytes = Width * Width * sizeof(float);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void The_size_of_a_linked_model_is_that_of_the_file_behind_the_links()
    {
        OnnxFile.Write(Model(), _folder.File("blob"));
        File.CreateSymbolicLink(_folder.File("snapshot.onnx"), _folder.File("blob"));
        File.CreateSymbolicLink(_folder.File("model.onnx"), _folder.File("snapshot.onnx"));

        long bytes = ReportParts.BytesOf(_folder.File("model.onnx"));

        Assert.Equal(new FileInfo(_folder.File("blob")).Length, bytes);
    }

    [Fact]
    public void Files_of_external_data_count_whatever_they_are_called_and_each_once()
    {
        byte[] bytes = OnnxFile.ToBytes(Model(), out IReadOnlyDictionary<string, Tensor> apart);
        string model = _folder.Write("model.onnx", bytes);
        foreach ((string name, Tensor tensor) in apart)
            _folder.Write(name, tensor.Data.Span);
        // What another model left beside it is not named by this one.
        _folder.Write("model.onnx.data", new byte[300]);

        Assert.Equal(2, apart.Count);
        Assert.Equal(bytes.Length + (2 * WeightBytes), ReportParts.BytesOf(model));

        OnnxFile.Write(Model(), model, limit: WeightBytes);
        long together = new FileInfo(model).Length + new FileInfo(model + ".data").Length;
        Assert.InRange(together, 2 * WeightBytes, (2 * WeightBytes) + 4096);
        Assert.Equal(together, ReportParts.BytesOf(model));
    }

    private static OnnxModel Model() =>
        new GraphBuilder()
            .Input("x", [1, Width])
            .Node("MatMul", ["x", "w"], ["h"])
            .Node("MatMul", ["h", "v"], ["y"])
            .Constant(Tensor.FromFloats("w", [Width, Width], new float[Width * Width]))
            .Constant(Tensor.FromFloats("v", [Width, Width], new float[Width * Width]))
            .Output("y", [1, Width])
            .Build();
}
