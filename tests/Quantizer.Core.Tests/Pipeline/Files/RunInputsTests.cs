using Quantizer.Graphs;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Files;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Files;

public sealed class RunInputsTests : IDisposable
{
    private static readonly OnnxModel Model = new GraphBuilder().Input("ids", ["N"]).Input("mask", ["N"]).Build();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ids.npy", "the data file")]
    [InlineData("mask.npy", "the data file")]
    [InlineData("vocab.txt", "the tokenizer")]
    [InlineData("data/a.npz", "the file 'a.npz' of the data folder")]
    [InlineData("data/set/input_0.pb", "the file 'set/input_0.pb' of the data folder")]
    [InlineData("data/result.onnx", null)]
    [InlineData("other.npy", null)]
    public void Everything_that_data_are_read_from_is_kept(string output, string? expected)
    {
        string[] names = ["ids.npy", "mask.npy", "vocab.txt", "data/a.npz", "data/set/input_0.pb", "data/result.onnx", "other.npy"];
        foreach (string name in names)
            _folder.Write(name, "x"u8);
        QuantizationOptions options = new()
        {
            ModelPath = _folder.File("model.onnx"),
            CalibrationPaths = [$"ids={_folder.File("ids.npy")}", $"mask={_folder.File("mask.npy")}"],
            EvaluationPaths = [_folder.File("data")],
            Inputs = new InputOptions { TokenizerPath = _folder.File("vocab.txt") },
        };

        string? found = RunInputs.Of(options, Model).FindAt(FilePlace.Of(_folder.File(output)));

        Assert.Equal(expected is null, found is null);
        Assert.StartsWith(expected ?? "", found ?? "", StringComparison.Ordinal);
    }
}
