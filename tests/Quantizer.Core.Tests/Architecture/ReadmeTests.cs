using System.Text.RegularExpressions;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>What the README says of the repository is so.</summary>
public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(SharedFolder.Repository, "README.md"));

    [Fact]
    public void The_table_of_folders_and_the_floors_below_it_are_the_folders_of_the_core()
    {
        string layout = Readme[Readme.IndexOf("## How the code is laid out", StringComparison.Ordinal)..];
        string[] rows =
        [
            .. layout.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]),
        ];
        string floors = Floors().Match(layout).Groups[1].Value;
        string[] folders =
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(SharedFolder.Repository, "src/Quantizer.Core"))
                .Select(path => Path.GetFileName(path)!)
                .Where(name => name is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(folders, rows.Append(floors).SelectMany(Names).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_gate_runs_the_tests_as_the_README_says()
    {
        string[] commands = TestCommand().Match(Readme).Groups[1].Value.Split(" && ");
        string gate = File.ReadAllText(Path.Combine(SharedFolder.Repository, ".ci/run")).ReplaceLineEndings("\n");

        Assert.StartsWith("dotnet test", commands[^1]);
        Assert.All(commands, command => Assert.Contains($" {command}\n", gate));
        Assert.Contains("run: .ci/run", File.ReadAllText(Path.Combine(SharedFolder.Repository, ".github/workflows/ci.yml")));
    }

    private static IEnumerable<string> Names(string text) => Quoted().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    /// <summary>The sentence "`Schemes`, ... are floors that all stages stand on."</summary>
    [GeneratedRegex(@"((?:`\w+`(?:, | and )?)+) are floors", RegexOptions.Singleline)]
    private static partial Regex Floors();

    [GeneratedRegex("Run the tests:\\s+```sh\\s+(.+?)\\s+```", RegexOptions.Singleline)]
    private static partial Regex TestCommand();
}
