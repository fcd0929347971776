using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>The walkthrough on the bundled network does what it says, command after command.</summary>
public sealed class ClassifierWalkthroughTests : IDisposable
{
    private const string Page = "samples/walkthroughs/classifier.md";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [ToolFact("bash")]
    public void Every_command_runs_and_the_last_makes_the_same_file()
    {
        foreach (string folder in new[] { "samples", "calibration-data" })
            Directory.CreateSymbolicLink(_workspace.PathOf(folder), InstalledProgram.InRepository(folder));
        using InstalledProgram installed = new();
        IReadOnlyList<IReadOnlyList<string>> commands = DocumentedCommands.OfMarkdown(Page);

        string text = "";
        foreach (IReadOnlyList<string> words in commands)
        {
            string command = "quantize " + string.Join(' ', words.Select(word => $"'{word}'"));
            (int code, text) = installed.Run($"cd '{_workspace.Root}' && {command}");
            Assert.True(code == 0, $"{command} ended with {code}:\n{text}");
        }

        Assert.Equal("rerun", commands[^1][0]);
        Assert.Contains("The INT8 file has the same bytes as the report's", text);
        foreach (string file in new[] { "shapes.int8.onnx", "report.json", "report.html", "minmax.onnx", "minmax.json", "again.onnx" })
            Assert.True(new FileInfo(_workspace.PathOf(file)).Length > 0, file);
    }
}
