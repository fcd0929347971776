using System.Diagnostics;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Nothing that a run reads is ever written, under whatever name; refused before the work.</summary>
public sealed class OverwritingRefusalTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _data;

    public OverwritingRefusalTests()
    {
        _model = _workspace.Write("inputs/model.onnx", Networks.Classifier());
        _data = _workspace.WriteSamples();
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_model() =>
        Refused(
            [_model, "--calib", _data, "-o", _model],
            "The output '",
            "is the model '",
            "which this run reads and never changes. Give another file with -o."
        );

    [Fact]
    public void The_model_by_another_spelling() =>
        Refused([_model, "--calib", _data, "-o", _workspace.PathOf("inputs/../inputs/./model.onnx")], "is the model '");

    [UnixFact]
    public void The_model_through_links()
    {
        string link = _workspace.PathOf("link.onnx"),
            hard = _workspace.PathOf("hard.onnx");
        File.CreateSymbolicLink(link, _model);
        Directory.CreateSymbolicLink(_workspace.PathOf("folder"), _workspace.PathOf("inputs"));
        HardLink(_model, hard);

        Refused([_model, "--calib", _data, "-o", link], "link.onnx' is the model '", $"(it leads to '{_model}')");
        Refused([_model, "--calib", _data, "-o", _workspace.PathOf("folder/model.onnx")], "folder/model.onnx' is the model '");
        Refused([_model, "--calib", _data, "-o", hard], "hard.onnx' is the model '");
        // The other way round as well.
        Refused([link, "--calib", _data, "-o", _model], "is the model '");
    }

    [Fact]
    public void The_models_external_weights()
    {
        string weights = WriteApart("apart/model.onnx");

        Refused([_workspace.PathOf("apart/model.onnx"), "--calib", _data, "-o", weights], "which holds weights of the model '");
    }

    [Fact]
    public void The_data_and_their_labels()
    {
        string pictures = _workspace.WritePictures(),
            labels = _workspace.Write("labels.md", "class0/0.png 0\n");

        Refused([_model, "--calib", _data, "-o", _data], "inputs.npz' is the data file '");
        Refused([_model, "--calib", pictures, "--eval", _data, "-o", _data], "inputs.npz' is the data file '");
        Refused([_model, "--calib", pictures, "--labels", labels, "-o", labels], "is the labels file '");
        Refused(
            [_model, "--calib", pictures, "--labels", labels, "--report", labels],
            "The report '",
            "is the labels file '",
            "Give another file with --report."
        );
    }

    [Fact]
    public void A_picture_of_a_data_folder()
    {
        string pictures = _workspace.WritePictures();

        Refused(
            [_model, "--calib", pictures, "-o", Path.Combine(pictures, "class1", "2.png")],
            "is the picture 'class1/2.png' of the data folder '"
        );
    }

    [UnixFact]
    public void A_picture_that_lies_elsewhere_and_is_linked_into_the_folder()
    {
        string pictures = _workspace.WritePictures();
        string elsewhere = _workspace.Write("store/cat", DrawnPictures.Png(99)),
            hard = _workspace.PathOf("hard");
        File.CreateSymbolicLink(Path.Combine(pictures, "class1", "cat.png"), elsewhere);
        HardLink(Path.Combine(pictures, "class2", "0.png"), hard);

        Refused([_model, "--calib", pictures, "-o", elsewhere], "is the picture 'class1/cat.png' of the data folder '");
        Refused([_model, "--calib", pictures, "-o", hard], "is the picture 'class2/0.png' of the data folder '");
    }

    [Fact]
    public void Files_of_arguments_and_of_the_preparation()
    {
        string arguments = _workspace.Write("arguments.md", $"--calib \"{_data}\"\n");
        string config = _workspace.Write("inputs/preprocessor_config.json", "{}");

        Refused([_model, "@" + arguments, "--report", arguments], "is the file '", "' of arguments");
        Refused([_model, "--calib", _data, "--report", config], "which tells how the model's pictures are prepared");
    }

    [Fact]
    public void The_file_that_takes_the_weights_of_a_large_output()
    {
        string pictures = _workspace.WritePictures(),
            labels = _workspace.Write("out.onnx.data", "class0/0.png 0\n");

        Refused(
            [_model, "--calib", pictures, "--labels", labels, "-o", _workspace.PathOf("out.onnx")],
            "The output's weights file '",
            "is the labels file '"
        );
    }

    [Fact]
    public void Another_output()
    {
        string report = _workspace.PathOf("r.json");

        Refused(
            [_model, "--calib", _data, "-o", report, "--report", report],
            "The output '",
            "and the report '",
            "are one file. Give each a name of its own"
        );
        Refused(
            [_model, "--calib", _data, "--report", report, "--report", _workspace.PathOf("inputs/../r.json")],
            "The report '",
            "are one file"
        );
    }

    [UnixFact]
    public void Another_output_through_a_link_to_what_is_not_there_yet()
    {
        File.CreateSymbolicLink(_workspace.PathOf("link.json"), _workspace.PathOf("r.json"));

        // Not by Refusal, which would look into the link.
        ProgramResult result = CommandLine.Run(
            _model,
            "--calib",
            _data,
            "--report",
            _workspace.PathOf("r.json"),
            "--report",
            _workspace.PathOf("link.json")
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("are one file (it leads to '", result.Error);
    }

    [Fact]
    public void By_a_comparison()
    {
        string labels = _workspace.Write("labels.json", "class0/0.png 0\n"),
            report = _workspace.PathOf("r.md");
        string[] compare = ["compare", _model, _model, "--data", _workspace.WritePictures()];

        Refused([.. compare, "--labels", labels, "--report", labels], "The report '", "is the labels file '");
        Refused([.. compare, "--report", report, "--report", report], "are one file");
        Refused(
            [
                "compare",
                _model,
                _workspace.Write("inputs/int8.json", Networks.Classifier()),
                "--data",
                _data,
                "--report",
                _workspace.PathOf("inputs/int8.json"),
            ],
            "is the model '"
        );
    }

    [Fact]
    public void An_earlier_result_among_the_pictures_is_no_picture()
    {
        string pictures = _workspace.WritePictures();
        string[] run =
        [
            _model,
            "--calib",
            pictures,
            "-o",
            Path.Combine(pictures, "out.onnx"),
            "--report",
            Path.Combine(pictures, "r.json"),
            "--preset",
            "zero-one",
            "--quiet",
        ];

        CommandLine.Run(run).MustSucceed();
        CommandLine.Run(run).MustSucceed();
    }

    [Fact]
    public void A_report_that_is_a_folder_is_refused_before_the_work() =>
        Refusal.IsFailure(
            _workspace,
            [_model, "--calib", _data, "--report", _workspace.Folder("r.json")],
            "r.json' is a folder; a file was expected",
            "--report"
        );

    private void Refused(string[] arguments, params string[] fragments) => Refusal.IsWrongUsage(_workspace, arguments, fragments);

    /// <summary>A model whose larger weights lie in files beside it; the path of one.</summary>
    private string WriteApart(string name)
    {
        string path = _workspace.Write(name, OnnxFile.ToBytes(Networks.Classifier(), out IReadOnlyDictionary<string, Tensor> apart));
        foreach ((string file, Tensor tensor) in apart)
            _workspace.Write(Path.Combine(Path.GetDirectoryName(name)!, file), tensor.Data.Span);
        return Path.Combine(Path.GetDirectoryName(path)!, apart.Keys.First());
    }

    private static void HardLink(string existing, string path)
    {
        using Process process = Process.Start("ln", [existing, path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
