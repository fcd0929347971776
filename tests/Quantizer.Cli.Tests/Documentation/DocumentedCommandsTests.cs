using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Documentation;

/// <summary>Every command line that is told anywhere is one that the program takes.</summary>
public sealed class DocumentedCommandsTests
{
    public static TheoryData<string> Findings => [.. DocumentedPages.Below("samples/findings")];

    [Theory]
    [InlineData("README.md", 9)]
    [InlineData("CHANGELOG.md", 0)]
    [InlineData(".github/CONTRIBUTING.md", 0)]
    [InlineData("samples/README.md", 2)]
    public void Documents_tell_commands_that_are_taken(string path, int atLeast) =>
        AssertTaken(DocumentedCommands.OfMarkdown(path), atLeast);

    [Theory]
    [InlineData("walkthroughs/classifier.md", 6)]
    [InlineData("walkthroughs/detector.md", 2)]
    [InlineData("walkthroughs/ocr.md", 3)]
    [InlineData("walkthroughs/sentence-embeddings.md", 2)]
    [InlineData("walkthroughs/speech.md", 3)]
    [InlineData("why-slow.md", 1)]
    [InlineData("why-inaccurate.md", 0)]
    [InlineData("how-figures-are-measured.md", 2)]
    [InlineData("selectors.md", 0)]
    public void Pages_of_the_samples_tell_commands_that_are_taken(string path, int atLeast) =>
        AssertTaken(DocumentedCommands.OfMarkdown($"samples/{path}"), atLeast);

    [Theory]
    [MemberData(nameof(Findings))]
    public void Pages_of_findings_tell_commands_that_are_taken(string path) => AssertTaken(DocumentedCommands.OfMarkdown(path), 0);

    [Theory]
    [InlineData("samples/ci/github.yml", 1)]
    [InlineData("samples/ci/gitlab-ci.yml", 2)]
    [InlineData("samples/ci/azure-pipelines.yml", 1)]
    public void Recipes_tell_commands_that_are_taken(string path, int atLeast) => AssertTaken(DocumentedCommands.OfYaml(path), atLeast);

    [Fact]
    public void The_recipe_for_Jenkins_tells_commands_that_are_taken() =>
        AssertTaken(DocumentedCommands.OfJenkinsfile("samples/ci/Jenkinsfile"), 2);

    [Theory]
    [InlineData(4)]
    [InlineData(2, "compare")]
    [InlineData(1, "inspect")]
    [InlineData(1, "explain")]
    [InlineData(4, "completion")]
    [InlineData(1, "man")]
    public void Examples_of_the_help_are_taken(int atLeast, params string[] command)
    {
        using ProgramRun help = new();
        help.Run([.. command, "--help"]);

        AssertTaken(DocumentedCommands.OfHelp(help.Out), atLeast);
    }

    [Theory]
    [InlineData("a 'b c' \"d 'e'\" f=''g", "a|b c|d 'e'|f=g")]
    [InlineData("man > quantize.1", "man")]
    [InlineData("completion pwsh | Out-String", "completion|pwsh")]
    [InlineData("x  # remark", "x")]
    public void Lines_are_read_as_a_shell_reads_them(string line, string words) => Assert.Equal(words.Split('|'), ShellWords.Of(line));

    private static void AssertTaken(IReadOnlyList<IReadOnlyList<string>> commands, int atLeast)
    {
        Assert.True(commands.Count >= atLeast, $"Only {commands.Count} commands were found, at least {atLeast} expected.");
        using TemporaryFolder folder = new();
        string configuration = folder.Write("quantize.json", """{ "model": "m.onnx", "calib": ["images"] }"""u8.ToArray());
        foreach (IReadOnlyList<string> words in commands)
        {
            using ProgramRun run = new();
            // Models and data are not looked at here; a configuration is, and reports are, which nobody has written.
            bool readsReports = words[0] is "diff" or "rerun";
            int code = run.Run([
                .. words.Select(
                    (word, i) =>
                        i > 0 && words[i - 1] == "--config" ? configuration
                        : i > 0 && readsReports && !word.StartsWith('-') ? folder.File(word)
                        : word
                ),
                // One that an earlier run has written is in the way.
                .. words[0] == "init" ? (string[])["--force"] : [],
            ]);
            Assert.True(
                code == ExitCodes.Done || (code == ExitCodes.Failed && readsReports),
                $"quantize {string.Join(' ', words)}\n{run.Error}"
            );
        }
    }
}
