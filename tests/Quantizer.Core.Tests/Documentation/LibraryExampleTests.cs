using System.Text.RegularExpressions;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Documentation;

public sealed partial class LibraryExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_readme_shows_the_example_that_is_compiled_here()
    {
        string[] shown = Lines(
            CSharpBlock().Match(File.ReadAllText(Path.Combine(SharedFolder.Repository, "README.md"))).Groups["code"].Value
        );
        string source = File.ReadAllText(
            Path.Combine(SharedFolder.Repository, "tests", "Quantizer.Core.Tests", "Documentation", "LibraryExample.cs")
        );
        string[] compiled = Lines(source);
        int start = Array.FindIndex(compiled, line => line.StartsWith("public static ", StringComparison.Ordinal));

        // Around the example stand a namespace and a class.
        Assert.Equal([.. compiled.Where(line => line.StartsWith("using ", StringComparison.Ordinal)), .. compiled[start..^1]], shown);
    }

    [Fact]
    public void The_example_runs()
    {
        string output = _folder.File("shapes.int8.onnx");

        QuantizationReport report = LibraryExample.Quantize(
            Path.Combine(SharedFolder.Repository, "samples", "shapes-resnet.onnx"),
            Path.Combine(SharedFolder.Repository, "calibration-data", "shapes", "calib"),
            output
        );

        Assert.True(report.Accuracy!.Agreement > 90);
        Assert.Equal(["shapes.int8.md", "shapes.int8.onnx"], _folder.Names);
        Assert.Equal("percentile:99.99", report.Options["method"]);
    }

    /// <summary>Without indentation, which differs by where the code stands.</summary>
    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
