using Quantizer.Cli;
using Quantizer.Cli.Terminals;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Execution;
using Quantizer.Pipeline;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>A wish to stop in each stage of a run: what a signal asks for, at a moment of the test's choice.</summary>
public sealed class StageInterruptionTests : IDisposable
{
    private const string NothingLeft = "no unfinished file was left behind.";

    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _data;

    public StageInterruptionTests()
    {
        _model = _workspace.Write("model.onnx", Networks.Classifier());
        _data = _workspace.WriteSamples(64);
    }

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Reading the model", false, ExitCodes.Interrupted)]
    [InlineData("Preparing the data", false, ExitCodes.Terminated)]
    [InlineData("Calibrating", false, ExitCodes.Interrupted)]
    [InlineData("Calibrating", true, ExitCodes.Terminated)]
    [InlineData("Recording the outputs", true, ExitCodes.Terminated)]
    [InlineData("Searching plans", false, ExitCodes.Terminated)]
    [InlineData("Searching plans", true, ExitCodes.Interrupted)]
    [InlineData("Verifying", false, ExitCodes.Interrupted)]
    public void Before_the_file_is_written_nothing_is_left_behind(string stage, bool afterOneStep, int exitCode)
    {
        IReadOnlyList<string> before = _workspace.State();

        ProgramResult result = RunUntil(stage, afterOneStep, exitCode);

        Assert.Equal(before, _workspace.State());
        AssertStopped(result, exitCode);
    }

    [Theory]
    [InlineData("Writing the model", false, ExitCodes.Interrupted)]
    [InlineData("Comparing", false, ExitCodes.Interrupted)]
    [InlineData("Comparing", true, ExitCodes.Terminated)]
    [InlineData("Measuring latency", false, ExitCodes.Interrupted)]
    public void Once_the_file_is_written_it_is_whole(string stage, bool afterOneStep, int exitCode)
    {
        ProgramResult result = RunUntil(stage, afterOneStep, exitCode);

        Assert.Equal(
            [_data, _workspace.PathOf("model.int8.onnx"), _model],
            Directory.EnumerateFileSystemEntries(_workspace.Root).Order(StringComparer.Ordinal)
        );
        using InferenceModel written = InferenceModel.Load(_workspace.PathOf("model.int8.onnx"));
        Assert.Equal("logits", Assert.Single(written.Outputs).Name);
        AssertStopped(
            result,
            exitCode,
            $"'{_workspace.PathOf("model.int8.onnx")}' was written before that and is whole: it holds the verified INT8 model. "
                + "What is missing is the comparison with the FP32 model and the report; 'quantize compare' makes both."
        );
    }

    [Fact]
    public void An_earlier_result_stays_when_a_run_is_stopped()
    {
        _workspace.Write("model.int8.onnx", "an earlier result");
        IReadOnlyList<string> before = _workspace.State();

        RunUntil("Verifying", afterOneStep: false, ExitCodes.Interrupted);

        Assert.Equal(before, _workspace.State());
    }

    private ProgramResult RunUntil(string stage, bool afterOneStep, int exitCode)
    {
        using Interruption interruption = new();
        PipelineCalls calls = PipelineCalls.Real with
        {
            Quantize = (options, observer, cancellation) =>
                QuantizationPipeline.Quantize(
                    options,
                    new StageWatch(observer, stage, afterOneStep, () => interruption.Request(exitCode)),
                    cancellation
                ),
        };
        return CommandLine.Run(calls, interruption, _model, "--calib", _data, "--report", _workspace.PathOf("report.json"));
    }

    private static void AssertStopped(ProgramResult result, int exitCode, string told = NothingLeft)
    {
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.EndsWith($"Interrupted; {told}\n", result.Error);
        Assert.Equal(1, result.Error.Split("Interrupted").Length - 1);
    }
}
