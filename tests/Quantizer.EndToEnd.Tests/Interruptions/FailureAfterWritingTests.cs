using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>What fails once the model is written says that it is; what can be known before is told before.</summary>
public sealed class FailureAfterWritingTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string[] _run;

    public FailureAfterWritingTests() =>
        _run = [
            _workspace.Write("model.onnx", Networks.Classifier()),
            "--calib",
            _workspace.WritePictures(),
            "--preset",
            "zero-one",
            "--method",
            "minmax",
            "--eval",
            _workspace.Folder("eval"),
        ];

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Evaluation_pictures_that_are_none_are_told_before_the_work()
    {
        for (int i = 0; i < 4; i++)
            _workspace.Write($"eval/{i}.png", "no picture");

        Refusal.IsFailure(_workspace, _run, "eval': none of 4 samples can be read", "'0.png'");
    }

    [Fact]
    public void Evaluation_pictures_that_end_early_are_told_with_the_good_file()
    {
        byte[] png = DrawnPictures.Png(1, 64, 64);
        for (int i = 0; i < 4; i++)
            _workspace.Write($"eval/{i}.png", png.AsSpan(0, png.Length / 2));
        // Without a single good one the run would stop before the work.
        _workspace.Write("eval/good.png", png);

        ProgramResult result = CommandLine.Run(_run);

        string output = _workspace.PathOf("model.int8.onnx");
        Assert.Equal(ExitCodes.Failed, result.ExitCode);
        Assert.Contains("error: ", result.Error);
        Assert.Contains(
            $"'{output}' was written before that and is whole: it holds the verified INT8 model. What is missing is the comparison",
            result.Error
        );
        OnnxFile.Read(output).Dispose();
    }
}
