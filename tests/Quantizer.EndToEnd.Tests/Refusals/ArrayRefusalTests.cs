using System.IO.Compression;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Array files that do not fit the model or are no arrays.</summary>
public sealed class ArrayRefusalTests : IDisposable
{
    private const int ValuesPerSample = 3 * Networks.Side * Networks.Side;

    private readonly Workspace _workspace = new();
    private readonly string _model;

    public ArrayRefusalTests() => _model = _workspace.Write("model.onnx", Networks.Classifier());

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_shape_that_does_not_fit_is_told_beside_the_one_that_would() =>
        Refused(
            _workspace.WriteRandom("small.npz", "x", [4, 3, 8, 8]),
            "small.npz' has the shape [4, 3, 8, 8]",
            "'x' [batch, 3, 16, 16]",
            "expects [samples, 3, 16, 16]"
        );

    [Fact]
    public void Channels_at_the_wrong_end_are_recognized() =>
        Refused(_workspace.WriteRandom("nhwc.npz", "x", [4, 16, 16, 3]), "The channels come last", "numpy.transpose(x, (0, 3, 1, 2))");

    [Fact]
    public void An_input_without_an_array_is_named()
    {
        OnnxModel model = new GraphBuilder()
            .Input("a", ["batch", 8])
            .Input("b", ["batch", 8])
            .Constant("w", [8, 4], RandomValues.Floats(32, seed: 1))
            .Node("Add", ["a", "b"], ["sum"])
            .Node("MatMul", ["sum", "w"], ["y"])
            .Output("y")
            .Build();

        Refusal.IsFailure(
            _workspace,
            [_workspace.Write("two.onnx", model), "--calib", _workspace.WriteRandom("one.npz", "a", [4, 8])],
            "one.npz' has no data for input 'b' [batch, 8]",
            "Found 'a'",
            "--input b=VALUE"
        );
    }

    [Fact]
    public void Arrays_of_other_names_are_listed()
    {
        byte[] array = NumPy.Array("<f4", [2, 3, 16, 16], new float[2 * ValuesPerSample]);
        string data = _workspace.Write("names.npz", NumPy.Archive(CompressionLevel.Fastest, ("left", array), ("right", array)));

        Refused(
            data,
            "names.npz' has no data for input 'x' [batch, 3, 16, 16]",
            "Found array 'left', array 'right'",
            "named like each input"
        );
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 3, 16, 16), }", "2000000000")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 3, 16, 16), }", "9223372036854775807")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 3, 16, 16), }", "no whole number")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3, 16, 16), }", "|O")]
    [InlineData("{'descr': [('r', '<f4')], 'fortran_order': False, 'shape': (2, 3, 16, 16), }", "structured")]
    [InlineData("__import__('os').system('true')", "header")]
    public void A_hostile_array_header_is_not_believed(string header, string fragment) =>
        Refused(_workspace.Write("hostile.npy", NumPy.File(header, new byte[64])), "hostile.npy'", fragment);

    [Fact]
    public void A_truncated_archive_is_told_as_damaged()
    {
        byte[] whole = File.ReadAllBytes(_workspace.WriteSamples());
        Refused(_workspace.Write("cut.npz", whole.AsSpan(0, whole.Length / 2)), "cut.npz' cannot be read", "Save it again");
    }

    [Fact]
    public void An_archive_of_no_samples_is_no_data() =>
        Refused(_workspace.WriteRandom("none.npz", "x", [0, 3, 16, 16]), "none.npz' has the shape [0, 3, 16, 16]: it holds no values");

    [Fact]
    public void A_sample_with_something_that_is_no_number_is_left_out_by_name()
    {
        string data = _workspace.WriteSamples(count: 6, values => values[(4 * ValuesPerSample) + 10] = float.NaN);

        ProgramResult result = CommandLine.Run(_model, "--calib", data).MustSucceed();

        Assert.Contains("Skipped 'row 4': ", result.Error);
        Assert.Contains("NaN", result.Error);
    }

    [Fact]
    public void Infinite_activations_are_told_with_tensor_and_sample()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 16, 8, 8])
            .Constant("w", [16, 16, 3, 3], RandomValues.Floats(16 * 16 * 9, seed: 1))
            .Node("Log", ["x"], ["logarithm"])
            .Node("Conv", ["logarithm", "w"], ["y"])
            .Output("y")
            .Build();
        string data = _workspace.WriteRandom(
            "zero.npz",
            "x",
            [5, 16, 8, 8],
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = 2f + values[i];
                values[(3 * 16 * 8 * 8) + 1] = 0f;
            }
        );

        Refusal.IsFailure(
            _workspace,
            [_workspace.Write("log.onnx", model), "--calib", data],
            "Tensor 'logarithm'",
            "NaN or infinity",
            "row 3"
        );
    }

    [Fact]
    public void A_file_of_another_kind_is_told_with_the_kinds_that_are_read() =>
        Refused(
            _workspace.Write("data.xls", "1,2,3\n"),
            "data.xls' is a file of kind '.xls'",
            "Give a folder of pictures or data files, or a .npz, .npy, .csv, .jsonl, .wav, .txt, .bin or .raw file"
        );

    private void Refused(string data, params string[] fragments) => Refusal.IsFailure(_workspace, [_model, "--calib", data], fragments);
}
