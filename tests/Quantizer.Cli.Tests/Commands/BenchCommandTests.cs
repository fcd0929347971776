using System.Text.Json;
using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class BenchCommandTests
{
    [Fact]
    public void Speeds_are_told_as_approved()
    {
        using ProgramRun run = new();

        Assert.Equal((ExitCodes.Done, ""), (run.Run("bench", "a.onnx", "b.onnx"), run.Error));

        Assert.Equal(["a.onnx", "b.onnx"], run.AskedToBench!.ModelPaths);
        GoldenFile.Equal("bench.txt", run.Out);
    }

    [Fact]
    public void Every_option_reaches_the_measurement()
    {
        using ProgramRun run = new();

        run.Run(
            "bench",
            "a.onnx",
            "--threads",
            "1,2",
            "--batch",
            "1,8",
            "--seconds",
            "0.5",
            "--profile",
            "--shape",
            "x=1,3,8",
            "--input",
            "sr=1"
        );

        BenchOptions asked = run.AskedToBench!;
        Assert.Equal(["a.onnx"], asked.ModelPaths);
        Assert.Equal([1, 2], asked.Threads);
        Assert.Equal([1, 8], asked.Batches);
        Assert.Equal((TimeSpan.FromSeconds(0.5), true, true), (asked.Time, asked.HasProfile, asked.Pictures.AcceptsGuess));
        Assert.Equal([1L, 3, 8], asked.Shapes["x"]);
        Assert.Equal([1.0], asked.Inputs.Constants["sr"]);
    }

    [Fact]
    public void Json_and_files_hold_the_same()
    {
        using TemporaryFolder folder = new();
        using ProgramRun run = new();

        run.Run("bench", "a.onnx", "--json", "--report", folder.File("b.json"), "--report", folder.File("b.md"));

        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("bench", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(run.Out, File.ReadAllText(folder.File("b.json")));
        GoldenFile.Equal("bench.md", File.ReadAllText(folder.File("b.md")));
    }

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--batch", "1,x")]
    [InlineData("--seconds", "0")]
    [InlineData("--shape", "x")]
    [InlineData("--shape", "x=1,0")]
    [InlineData("--shape", "x=2147483647,2147483647,2147483647")]
    public void What_cannot_be_meant_is_refused(string option, string value)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("bench", "a.onnx", option, value));

        Assert.Contains($"Option '{option}' got '{value}'; expected ", run.Error);
        Assert.Null(run.AskedToBench);
    }
}
