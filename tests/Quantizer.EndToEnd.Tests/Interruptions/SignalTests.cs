using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>Real signals to real processes, each far from being done when it is stopped.</summary>
public sealed class SignalTests : IDisposable
{
    // A couple of seconds, on a machine that runs other tests besides.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    private readonly Workspace _workspace = new();
    private readonly string _output;

    public SignalTests() => _output = Path.Combine(_workspace.Folder("results"), "out.onnx");

    public void Dispose() => _workspace.Dispose();

    [SignalFact]
    public void Sigint_while_reading_leaves_nothing()
    {
        using RunningProgram program = new(SlowModel(), "--calib", Pictures(), "--preset", "raw", "-o", _output);

        program.WaitFor("the model to be read", () => program.Maps("slow.onnx"));
        program.Signal("INT");

        Assert.Equal(ExitCodes.Interrupted, program.ExitCodeWithin(s_soon));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace.PathOf("results")));
    }

    [SignalFact]
    public void Sigint_while_calibrating_leaves_nothing()
    {
        using RunningProgram program = new(SlowModel(), "--calib", Pictures(), "--preset", "raw", "-o", _output);

        // The note on the preparation of pictures comes right before calibration.
        program.WaitFor("calibration", () => program.Error.Length > 0);
        program.Signal("INT");

        Assert.Equal(ExitCodes.Interrupted, program.ExitCodeWithin(s_soon));
        Assert.Contains("Interrupted; no unfinished file was left behind.", program.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace.PathOf("results")));
    }

    [SignalFact]
    public void Sigterm_while_comparing_leaves_the_whole_file()
    {
        using RunningProgram program = new(
            SlowModel(), "--calib", Pictures(), "--samples", "2", "--eval", Pictures(), "--method", "minmax", "--preset", "raw", "-o", _output);

        program.WaitFor("the result", () => File.Exists(_output));
        program.Signal("TERM");

        Assert.Equal(ExitCodes.Terminated, program.ExitCodeWithin(s_soon));
        Assert.Equal([_output], Directory.EnumerateFileSystemEntries(_workspace.PathOf("results")));
        using InferenceModel written = InferenceModel.Load(_output);
        Assert.Equal("y", Assert.Single(written.Outputs).Name);
    }

    [SignalFact]
    public void Sigkill_while_writing_leaves_nothing_or_the_whole_file_under_the_results_name()
    {
        string model = _workspace.Write("heavy.onnx", HeavyModel());
        string data = _workspace.WriteRandom("inputs.npz", "x", [2, HeavyWidth]);
        using RunningProgram program = new(model, "--calib", data, "--exclude", "heavy", "--method", "minmax", "-o", _output);

        string results = _workspace.PathOf("results");
        program.WaitFor("the file to be written", () => Directory.EnumerateFileSystemEntries(results, ".out.onnx.*").Any() || File.Exists(_output));
        program.Kill();

        program.ExitCodeWithin(s_soon);
        // What cannot be cleaned up has a name that nobody takes for the result's.
        Assert.All(Directory.EnumerateFileSystemEntries(results).Where(path => path != _output), path => Assert.Matches(@"^\.out\.onnx\.[0-9a-f]{32}\.tmp$", Path.GetFileName(path)));
        if (File.Exists(_output)) InferenceModel.Load(_output).Dispose();
    }

    private const int HeavyWidth = 2560;

    /// <summary>Many megabytes of weights that are left in float: writing them takes a while.</summary>
    private static OnnxModel HeavyModel() => new GraphBuilder().Input("x", ["batch", HeavyWidth])
        .Constant("heavy_w", [HeavyWidth, HeavyWidth], new float[HeavyWidth * HeavyWidth])
        .Node(new Node("MatMul", ["x", "heavy_w"], ["heavy"], "heavy"))
        .Node("Add", ["x", "heavy"], ["sum"])
        .Constant("shape", [4], [-1L, 10, 16, 16])
        .Node("Reshape", ["sum", "shape"], ["planes"])
        .Constant("w", [16, 10, 3, 3], RandomValues.Floats(16 * 10 * 9, seed: 2))
        .Node("Conv", ["planes", "w"], ["y"])
        .Output("y").Build();

    /// <summary>Half a second or so for one picture.</summary>
    private string SlowModel()
    {
        const int Filters = 64, Layers = 60;
        GraphBuilder builder = new GraphBuilder().Input("x", ["batch", 3, 96, 96]);
        float[] weights = [.. RandomValues.Floats(Filters * Filters * 9, seed: 1).Select(value => value / 10f)];
        builder.Constant("w", [Filters, Filters, 3, 3], weights);
        builder.Constant("w0", [Filters, 3, 3, 3], weights.AsSpan(0, Filters * 3 * 9));
        string last = "x";
        for (int i = 0; i < Layers; i++)
        {
            builder.Node("Conv", [last, i == 0 ? "w0" : "w"], [$"c{i}"], NodeAttribute.Of("pads", [1, 1, 1, 1]));
            builder.Node("Relu", [$"c{i}"], [last = $"r{i}"]);
        }
        return _workspace.Write("slow.onnx", builder.Node("GlobalMaxPool", [last], ["y"]).Output("y").Build());
    }

    private string Pictures()
    {
        byte[] picture = DrawnPictures.Png(1);
        for (int i = 0; i < 300; i++) _workspace.Write($"pictures/{i}.png", picture);
        return _workspace.PathOf("pictures");
    }

    /// <summary>Linux; and where SIGINT arrives: shells let it be ignored in what they start in the background.</summary>
    private sealed class SignalFactAttribute : FactAttribute
    {
        private const int Interrupt = 2;

        public SignalFactAttribute() => Skip = !OperatingSystem.IsLinux() ? "Signals are sent on Linux only." : IsIgnored() ? "SIGINT is ignored: the parent process started the tests so." : null;

        private static bool IsIgnored()
        {
            string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
            return (Convert.ToUInt64(mask, fromBase: 16) & (1UL << (Interrupt - 1))) != 0;
        }
    }
}
