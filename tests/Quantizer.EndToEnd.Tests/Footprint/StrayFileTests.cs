using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;

namespace Quantizer.EndToEnd.Tests.Footprint;

public sealed class StrayFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_run_writes_nothing_but_its_result()
    {
        string model = _workspace.Write("inputs/model.onnx", Networks.Perceptron());
        string data = _workspace.WriteRandom("inputs/inputs.npz", "x", [4, 8]);
        // ONNX Runtime's telemetry would leave a database in the user's home, and an identifier among the temporary files.
        string elsewhere = _workspace.Folder("elsewhere");

        using (RunningProgram program = new(elsewhere, model, "--calib", data, "-o", _workspace.PathOf("out.onnx")))
            Assert.True(program.ExitCodeWithin(TimeSpan.FromSeconds(60)) == 0, program.Error);

        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        Assert.Equal(["out.onnx"], Directory.EnumerateFiles(_workspace.Root).Select(Path.GetFileName));
    }
}
