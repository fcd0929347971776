using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Files;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Files;

/// <summary>Every file that a run reads is known by what it is.</summary>
public sealed class RunInputsTests : IDisposable
{
    private static readonly OnnxModel Tokens = new GraphBuilder().Input("ids", ["N"]).Input("mask", ["N"]).Build();

    private readonly TemporaryFolder _folder = new();
    private readonly OnnxModel _model = new GraphBuilder().Input("x", [1, 2]).Node("Relu", ["x"], ["y"]).Output("y").Build();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Those_of_a_quantization()
    {
        QuantizationOptions options = new()
        {
            ModelPath = Model("fp32.onnx"),
            CalibrationPaths = [Empty("calib.npz")],
            EvaluationPaths = [Empty("eval.npz")],
            LabelsPath = Empty("labels.md"),
            ArgumentFiles = [Empty("arguments.rsp")],
        };
        RunInputs inputs = RunInputs.Of(options, _model);

        Assert.Equal("the model '", Found(inputs, "fp32.onnx"));
        Assert.Equal("the data file '", Found(inputs, "calib.npz"));
        Assert.Equal("the data file '", Found(inputs, "eval.npz"));
        Assert.Equal("the labels file '", Found(inputs, "labels.md"));
        Assert.Equal("the file '", Found(inputs, "arguments.rsp"));
        Assert.Null(Found(inputs, "other.onnx"));
    }

    [Fact]
    public void Those_of_a_comparison()
    {
        CompareOptions options = new()
        {
            Fp32Path = Model("fp32.onnx"),
            Int8Path = Model("int8.onnx"),
            DataPaths = [Empty("data.npz")],
            LabelsPath = Empty("labels.md"),
            ArgumentFiles = [Empty("arguments.rsp")],
        };
        RunInputs inputs = RunInputs.Of(options, _model, _model);

        Assert.Equal("the model '", Found(inputs, "fp32.onnx"));
        Assert.Equal("the model '", Found(inputs, "int8.onnx"));
        Assert.Equal("the data file '", Found(inputs, "data.npz"));
        Assert.Equal("the labels file '", Found(inputs, "labels.md"));
        Assert.Equal("the file '", Found(inputs, "arguments.rsp"));
        Assert.Null(Found(inputs, "report.md"));
    }

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

        string? found = RunInputs.Of(options, Tokens).FindAt(FilePlace.Of(_folder.File(output)));

        Assert.Equal(expected is null, found is null);
        Assert.StartsWith(expected ?? "", found ?? "", StringComparison.Ordinal);
    }

    /// <summary>What the message says before the path; null when the file is none of them.</summary>
    private string? Found(RunInputs inputs, string name)
    {
        string path = _folder.File(name);
        string? description = inputs.FindAt(FilePlace.Of(path));
        Assert.True(description is null || description.Contains($"'{path}'", StringComparison.Ordinal));
        return description?[..(description.IndexOf('\'') + 1)];
    }

    private string Empty(string name) => _folder.Write(name, []);

    private string Model(string name)
    {
        string path = _folder.File(name);
        OnnxFile.Write(_model, path);
        return path;
    }
}
