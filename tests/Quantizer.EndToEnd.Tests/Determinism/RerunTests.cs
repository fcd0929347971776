using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Pipeline.Files;
using Quantizer.Reporting;

namespace Quantizer.EndToEnd.Tests.Determinism;

/// <summary>A report is enough to make its file again.</summary>
public sealed class RerunTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _report;

    public RerunTests()
    {
        _model = _workspace.Write("model.onnx", Networks.Classifier());
        _report = _workspace.PathOf("report.json");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Arrays_are_quantized_to_the_same_bytes()
    {
        Quantize(_workspace.WriteSamples(24), "--method", "auto", "--exclude-op", "Gemm");

        Assert.Equal(File.ReadAllBytes(_workspace.PathOf("model.int8.onnx")), Rerun(0, "has the same bytes as the report's"));
    }

    [Fact]
    public void A_guessed_preparation_of_pictures_is_the_same()
    {
        for (int i = 0; i < 24; i++)
            _workspace.Write($"pictures/{i:00}.png", DrawnPictures.Png(i));
        Quantize(_workspace.PathOf("pictures"), "--preset", "guess");

        Assert.Equal(File.ReadAllBytes(_workspace.PathOf("model.int8.onnx")), Rerun(0, "has the same bytes as the report's"));
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("store")]
    public void What_became_of_slow_integers_is_the_same(string how)
    {
        Quantize(_workspace.WriteSamples(24), "--slow-integers", how);

        Assert.Equal(how, ReportReader.Read(_report).Options["slow-integers"]);
        Assert.Equal(File.ReadAllBytes(_workspace.PathOf("model.int8.onnx")), Rerun(0, "has the same bytes as the report's"));
    }

    [Fact]
    public void What_was_measured_is_told_as_what_it_came_to()
    {
        Quantize(_workspace.WriteSamples(24));

        Assert.Contains(ReportReader.Read(_report).Options["slow-integers"], new[] { "keep", "store" });
    }

    [Fact]
    public void Other_bytes_are_told_with_what_differs()
    {
        Quantize(_workspace.WriteSamples(24));
        QuantizationReport report = ReportReader.Read(_report);
        ReportFile.Write(
            report with
            {
                Tool = report.Tool with { OnnxRuntime = "1.0.0" },
                Manifest = report.Manifest! with { Int8Sha256 = new string('0', 64) },
            },
            _report
        );

        Rerun(1, "has other bytes", $"ONNX Runtime was 1.0.0 and is {report.Tool.OnnxRuntime}");
    }

    [Fact]
    public void Another_model_is_refused_with_both_hashes()
    {
        Quantize(_workspace.WriteSamples(24));
        string expected = FileHash.Of(_model);
        _workspace.Write("model.onnx", Networks.Classifier(named: false));

        ProgramResult result = CommandLine.Run("rerun", _report);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"its SHA-256 is {FileHash.Of(_model)}, the report's {expected}", result.Error);
    }

    [Fact]
    public void The_report_is_never_overwritten()
    {
        Quantize(_workspace.WriteSamples(24));

        ProgramResult result = CommandLine.Run("rerun", _report, "--report", _report);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("which this run reads and never changes", result.Error);
    }

    private void Quantize(string data, params string[] flags)
    {
        ProgramResult result = CommandLine.Run([_model, "--calib", data, "--report", _report, .. flags]);
        Assert.True(result.ExitCode == 0, result.Error);
        QuantizationReport report = ReportReader.Read(_report);
        ManifestReport manifest = new([], Environment.CurrentDirectory, FileHash.Of(report.Model.Output), "p", 1, "s", "d", default);
        ReportFile.Write(report with { Manifest = manifest }, _report);
    }

    private byte[] Rerun(int exitCode, params string[] told)
    {
        string again = _workspace.PathOf("again.onnx");
        ProgramResult result = CommandLine.Run("rerun", _report, "-o", again);
        Assert.True(result.ExitCode == exitCode, result.Out + result.Error);
        string text = string.Join(' ', (result.Out + result.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(told, words => Assert.Contains(words, text));
        return File.ReadAllBytes(again);
    }
}
