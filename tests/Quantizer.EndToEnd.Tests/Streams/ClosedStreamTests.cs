using System.Diagnostics;
using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.EndToEnd.Tests.Streams;

/// <summary>A caller may close standard output and error; nothing then must be written into files that got their numbers.</summary>
public sealed class ClosedStreamTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [UnixTheory]
    [InlineData("2>&-")]
    [InlineData(">&-")]
    [InlineData("<&- >&- 2>&-")]
    public void A_run_is_done_as_with_them(string redirection)
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier()),
            data = _workspace.WriteSamples(),
            output = _workspace.PathOf("out.onnx"),
            report = _workspace.PathOf("r.json");

        Assert.Equal(ExitCodes.Done, Run($"'{model}' --calib '{data}' -o '{output}' --report '{report}' --method minmax {redirection}"));

        OnnxFile.Read(output).Dispose();
        Assert.StartsWith("{", File.ReadAllText(report));
    }

    [UnixTheory]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&-")]
    public void A_refusal_has_its_exit_code(string redirection) => Assert.Equal(ExitCodes.WrongUsage, Run($"--nonsense {redirection}"));

    private static int Run(string commandLine)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using Process process = Process.Start("/bin/sh", ["-c", $"'{dotnet}' '{typeof(Application).Assembly.Location}' {commandLine}"]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed class UnixTheoryAttribute : TheoryAttribute
    {
        public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs a Unix shell." : null;
    }
}
