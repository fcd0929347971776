using Quantizer.EndToEnd.Tests.Programs;

namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>A configuration file from its first draft to the run.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _file;

    public ConfigurationTests()
    {
        _model = _workspace.Write("models/model.onnx", Networks.Classifier());
        _file = _workspace.PathOf("quantize.json");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_draft_for_pictures_runs_and_says_what_it_does_not_know()
    {
        for (int i = 0; i < 12; i++)
            _workspace.Write($"pictures/{i:00}.png", DrawnPictures.Png(i));

        CommandLine.Run("init", _model, "--calib", _workspace.PathOf("pictures"), "-o", _file).MustSucceed();
        CommandLine.Run("--config", _file, "--quiet").MustSucceed();

        string text = File.ReadAllText(_file);
        Assert.Contains("\"preset\": \"guess\",", text);
        Assert.Contains("//   --preset ", text);
        Assert.True(File.Exists(_workspace.PathOf("models/model.int8.onnx")));
    }

    [Fact]
    public void A_draft_without_data_runs()
    {
        CommandLine.Run("init", _model, "-o", _file).MustSucceed();
        CommandLine.Run("--config", _file, "--quiet").MustSucceed();

        Assert.True(File.Exists(_workspace.PathOf("models/model.int8.onnx")));
    }

    [Fact]
    public void A_draft_never_replaces_what_it_is_of()
    {
        string before = Workspace.Fingerprint(_model);

        ProgramResult result = CommandLine.Run("init", _model, "-o", _model, "--force");

        Assert.Equal((2, before), (result.ExitCode, Workspace.Fingerprint(_model)));
        Assert.Contains("which is read and never changed", result.Error);
    }

    [Fact]
    public void No_output_replaces_the_configuration()
    {
        string samples = _workspace.WriteSamples(8);
        _workspace.Write(
            "quantize.json",
            $$"""{ "model": "models/model.onnx", "calib": "{{Path.GetFileName(samples)}}", "output": "quantize.json" }"""
        );
        string before = Workspace.Fingerprint(_file);

        ProgramResult result = CommandLine.Run("--config", _file);

        Assert.Equal((2, before), (result.ExitCode, Workspace.Fingerprint(_file)));
        Assert.Contains("which this run reads and never changes", result.Error);
    }
}
