using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Usage;

public sealed class HelpPageTests
{
    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("help-compare.txt", "compare", "--help")]
    [InlineData("help-inspect.txt", "inspect", "--help")]
    [InlineData("help-schema.txt", "schema", "--help")]
    [InlineData("help-explain.txt", "explain", "--help")]
    [InlineData("help-diff.txt", "diff", "--help")]
    [InlineData("help-bench.txt", "bench", "--help")]
    [InlineData("help-init.txt", "init", "--help")]
    [InlineData("help-rerun.txt", "rerun", "--help")]
    public void The_page_reads_as_approved(string golden, params string[] arguments) => GoldenFile.Equal(golden, Help(arguments));

    [Fact]
    public void No_line_is_longer_than_80() => Assert.All(Help("--help").Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Theory]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("m.onnx", "--help")]
    [InlineData("--method", "foo", "--help")]
    public void Help_is_given_however_it_is_asked_for(params string[] arguments) => Assert.Equal(Help("--help"), Help(arguments));

    [Fact]
    public void A_path_that_looks_like_Windows_help_is_a_path()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("/h", "--calib", "/?"));

        Assert.Equal(("/h", "/?"), (run.Asked!.ModelPath, run.Asked.CalibrationPaths.Single()));
    }

    [Fact]
    public void The_version_is_the_builds()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("--version"));

        Assert.Matches(@"^quantize [0-9]+\.[0-9]+\.[0-9]+\S*\n$", run.Out);
    }

    [Fact]
    public void Shells_can_ask_for_completions()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("[suggest:18]", "m.onnx --method per"));

        Assert.Contains("percentile", run.Out);
    }

    private static string Help(params string[] arguments)
    {
        using ProgramRun run = new();
        Assert.Equal((ExitCodes.Done, ""), (run.Run(arguments), run.Error));
        Assert.False(run.PipelineRan);
        return run.Out;
    }
}
