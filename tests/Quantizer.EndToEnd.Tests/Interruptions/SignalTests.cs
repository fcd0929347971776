using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>Real signals to real processes, each in the middle of a stage that would last for half a second or more.</summary>
public sealed class SignalTests : IDisposable
{
    // 128 and the signal's number.
    private const int KilledExitCode = 128 + 9;

    private const int HeavyWidth = 2560;

    // A couple of seconds, on a machine that runs other tests besides.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly Workspace _workspace = new();
    private readonly string _inputs,
        _results,
        _temporary,
        _output;
    private IReadOnlyList<string> _inputsBefore = [];

    public SignalTests()
    {
        (_inputs, _results, _temporary) = (_workspace.Folder("inputs"), _workspace.Folder("results"), _workspace.Folder("temporary"));
        _output = Path.Combine(_results, "out.onnx");
    }

    public void Dispose() => _workspace.Dispose();

    [SignalTheory]
    [InlineData("Reading the model", "INT", ExitCodes.Interrupted, false)]
    [InlineData("Preparing the data", "INT", ExitCodes.Interrupted, false)]
    [InlineData("Calibrating", "INT", ExitCodes.Interrupted, false)]
    [InlineData("Recording the outputs", "TERM", ExitCodes.Terminated, false)]
    [InlineData("Searching plans", "INT", ExitCodes.Interrupted, false)]
    [InlineData("Verifying", "INT", ExitCodes.Interrupted, false)]
    [InlineData("Writing the model", "INT", ExitCodes.Interrupted, true)]
    [InlineData("Comparing", "TERM", ExitCodes.Terminated, true)]
    [InlineData("Measuring latency", "INT", ExitCodes.Interrupted, true)]
    public void A_signal_ends_any_stage_with_its_exit_code_and_nothing_unfinished(string stage, string signal, int exitCode, bool isWritten)
    {
        using RunningProgram program = Start(ArgumentsFor(stage));

        program.WaitFor(stage, () => program.HasTold(stage));
        program.Signal(signal);

        Assert.Equal(exitCode, program.ExitCodeWithin(Soon));
        string told = isWritten
            ? $"'{_output}' was written before that and is whole: it holds the verified INT8 model. "
            : "no unfinished file was left behind.\n";
        Assert.StartsWith(
            $"\nStopping after the current step; once more to stop at once.\nInterrupted; {told}",
            After(stage, program.Error)
        );
        AssertFiles(isWritten);
    }

    [SignalTheory]
    [InlineData("Reading the model", false)]
    [InlineData("Preparing the data", false)]
    [InlineData("Calibrating", false)]
    [InlineData("Recording the outputs", false)]
    [InlineData("Searching plans", false)]
    [InlineData("Verifying", false)]
    [InlineData("Comparing", true)]
    [InlineData("Measuring latency", true)]
    public void Sigkill_in_any_stage_leaves_nothing_or_the_whole_file(string stage, bool isWritten)
    {
        using RunningProgram program = Start(ArgumentsFor(stage));

        program.WaitFor(stage, () => program.HasTold(stage));
        program.Kill();

        Assert.Equal(KilledExitCode, program.ExitCodeWithin(Soon));
        Assert.Equal("", After(stage, program.Error));
        AssertFiles(isWritten);
    }

    [SignalTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sigkill_in_the_middle_of_the_file_leaves_what_was_there_or_the_whole_file(bool hasEarlierResult)
    {
        if (hasEarlierResult)
            File.WriteAllText(_output, "an earlier result");
        string model = _workspace.Write("inputs/heavy.onnx", HeavyModel());
        string data = _workspace.WriteRandom("inputs/inputs.npz", "x", [2, HeavyWidth]);
        using RunningProgram program = Start(
            model,
            "--calib",
            data,
            "--exclude",
            "heavy",
            "--method",
            "minmax",
            "--weight-ranges",
            "minmax"
        );

        // On a busy machine the file may be whole before anyone has looked.
        program.WaitFor(
            "the file to be written",
            () => program.HasTold("Comparing") || (program.HasTold("Writing the model") && program.HasOpenFileIn(_results))
        );
        program.Kill();

        Assert.Equal(KilledExitCode, program.ExitCodeWithin(Soon));
        if (hasEarlierResult && File.ReadAllText(_output) == "an earlier result")
            File.Delete(_output);
        AssertFiles(isWritten: File.Exists(_output));
    }

    private static string After(string stage, string text) =>
        text[(text.IndexOf($"{stage}\n", StringComparison.Ordinal) + stage.Length + 1)..];

    private void AssertFiles(bool isWritten)
    {
        Assert.Equal(_inputsBefore, Workspace.StateOf(_inputs));
        Assert.Equal(isWritten ? [_output] : [], Directory.EnumerateFileSystemEntries(_results));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary, "quantizer-*"));
        if (isWritten)
            InferenceModel.Load(_output).Dispose();
    }

    private RunningProgram Start(params string[] arguments)
    {
        _inputsBefore = Workspace.StateOf(_inputs);
        return new RunningProgram(_temporary, [.. arguments, "--verbose", "-o", _output]);
    }

    /// <summary>What leads to the stage without detours and makes it last.</summary>
    private string[] ArgumentsFor(string stage) =>
        stage switch
        {
            "Reading the model" or "Verifying" or "Writing the model" =>
            [
                DeepModel(),
                "--calib",
                Pictures(2),
                "--preset",
                "raw",
                "--method",
                "minmax",
                "--weight-ranges",
                "minmax",
            ],
            "Preparing the data" => [SlowModel(), "--calib", Pictures(2), "--preset", "guess"],
            "Calibrating" => [SlowModel(), "--calib", Pictures(200), "--preset", "raw"],
            "Comparing" =>
            [
                SlowModel(),
                "--calib",
                Pictures(200),
                "--samples",
                "2",
                "--eval",
                Pictures(200),
                "--preset",
                "raw",
                "--method",
                "minmax",
                "--weight-ranges",
                "minmax",
            ],
            "Measuring latency" =>
            [
                SlowModel(),
                "--calib",
                Pictures(2),
                "--preset",
                "raw",
                "--method",
                "minmax",
                "--weight-ranges",
                "minmax",
            ],
            _ => [SlowModel(), "--calib", Pictures(2), "--preset", "raw"],
        };

    /// <summary>So many nodes that what looks at each of them takes a while.</summary>
    private string DeepModel() => Convolutions(layers: 600, filters: 16, kernel: 1, side: 16);

    /// <summary>A tenth of a second or so for one picture.</summary>
    private string SlowModel() => Convolutions(layers: 12, filters: 64, kernel: 3, side: 96);

    private string Convolutions(int layers, int filters, int kernel, int side)
    {
        // Values keep their size from layer to layer.
        float scale = MathF.Sqrt(6f / (filters * kernel * kernel));
        float[] weights = [.. RandomValues.Floats(filters * filters * kernel * kernel, seed: 1).Select(value => value * scale)];
        GraphBuilder builder = new GraphBuilder()
            .Input("x", ["batch", 3, side, side])
            .Constant("first_w", [filters, 3, kernel, kernel], weights.AsSpan(0, filters * 3 * kernel * kernel))
            .Constant("w", [filters, filters, kernel, kernel], weights);
        string last = "x";
        for (int i = 0; i < layers; i++)
        {
            int padding = kernel / 2;
            builder.Node(
                "Conv",
                [last, i == 0 ? "first_w" : "w"],
                [$"conv{i}"],
                NodeAttribute.Of("pads", [padding, padding, padding, padding])
            );
            builder.Node("Relu", [$"conv{i}"], [last = $"relu{i}"]);
        }
        return _workspace.Write(
            "inputs/model.onnx",
            builder.Node("GlobalMaxPool", [last], ["largest"]).Node("Flatten", ["largest"], ["y"]).Output("y").Build()
        );
    }

    /// <summary>Many megabytes of weights that are left in float: writing them takes a while.</summary>
    private static OnnxModel HeavyModel() =>
        new GraphBuilder()
            .Input("x", ["batch", HeavyWidth])
            .Constant("heavy_w", [HeavyWidth, HeavyWidth], new float[HeavyWidth * HeavyWidth])
            .Node(new Node("MatMul", ["x", "heavy_w"], ["heavy"], "heavy"))
            .Node("Add", ["x", "heavy"], ["sum"])
            .Constant("shape", [4], [-1L, 10, 16, 16])
            .Node("Reshape", ["sum", "shape"], ["planes"])
            .Constant("w", [16, 10, 3, 3], RandomValues.Floats(16 * 10 * 9, seed: 2))
            .Node("Conv", ["planes", "w"], ["y"])
            .Output("y")
            .Build();

    private string Pictures(int count)
    {
        byte[] picture = DrawnPictures.Png(1);
        for (int i = 0; i < count; i++)
            _workspace.Write($"inputs/pictures/{i}.png", picture);
        return _workspace.PathOf("inputs/pictures");
    }

    /// <summary>Linux; and where SIGINT arrives: shells let it be ignored in what they start in the background.</summary>
    private sealed class SignalTheoryAttribute : TheoryAttribute
    {
        private const int Interrupt = 2;

        public SignalTheoryAttribute() =>
            Skip =
                !OperatingSystem.IsLinux() ? "Signals are sent on Linux only."
                : IsIgnored() ? "SIGINT is ignored: the parent process started the tests so."
                : null;

        private static bool IsIgnored()
        {
            string mask = File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..]
                .Trim();
            return (Convert.ToUInt64(mask, fromBase: 16) & (1UL << (Interrupt - 1))) != 0;
        }
    }
}
