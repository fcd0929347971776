using System.Xml.Linq;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>What recipes and help tell to type does what they say, with a bundled network as the model.</summary>
public sealed class RecipeTests : IDisposable
{
    // These lack in the folder: arrays, or a network with sequences.
    private static readonly string[] NotHere = [".npz", "--exclude"];

    private readonly InstalledProgram _installed = new();

    public void Dispose() => _installed.Dispose();

    [ToolTheory("bash")]
    [InlineData("samples/ci/github.yml", "golden.json")]
    [InlineData("samples/ci/gitlab-ci.yml", "report.json report.xml")]
    [InlineData("samples/ci/azure-pipelines.yml", "report.md report.xml")]
    [InlineData("samples/ci/Jenkinsfile", "compare.xml report.xml")]
    public void Every_command_of_a_recipe_runs_and_leaves_its_reports(string path, string reports)
    {
        IReadOnlyList<IReadOnlyList<string>> commands = path.EndsWith(".yml", StringComparison.Ordinal)
            ? DocumentedCommands.OfYaml(path)
            : DocumentedCommands.OfJenkinsfile(path);
        Assert.NotEmpty(commands);

        foreach (IReadOnlyList<string> words in commands)
            Run(words);

        foreach (string report in reports.Split(' '))
            Assert.True(File.Exists(_installed.PathOf(report)), report);
        foreach (string report in reports.Split(' ').Where(report => report.EndsWith(".xml", StringComparison.Ordinal)))
            Assert.Equal("0", XDocument.Load(_installed.PathOf(report)).Root!.Element("testsuite")!.Attribute("failures")!.Value);
        Assert.True(File.Exists(_installed.PathOf("model.int8.onnx")));
    }

    [ToolFact("bash")]
    public void Examples_of_the_help_run()
    {
        int count = 0;
        foreach (string command in new[] { "", "compare", "inspect", "explain", "completion", "man" })
        {
            string help = CommandLine.Run([.. command.Length == 0 ? [] : (string[])[command], "--help"]).MustSucceed().Out;
            foreach (IReadOnlyList<string> words in DocumentedCommands.OfHelp(help))
            {
                if (words.Any(word => NotHere.Any(word.Contains)) || words.Contains("a.onnx"))
                    continue;
                Run(words);
                count++;
            }
        }

        Assert.True(count >= 10, $"Only {count} examples were run.");
    }

    [ToolFact("jq")]
    public void Limits_from_a_golden_report_are_kept_by_the_same_run_and_missed_by_a_worse_one()
    {
        Run(["model.onnx", "--calib", "data/calib", "--eval", "data/val", "--report", "golden.json"]);
        (int code, string limits) = _installed.Run($"bash '{InstalledProgram.InRepository("samples/ci/limits-from.sh")}' golden.json");
        Assert.Equal(0, code);
        Assert.Matches("^--max-drop [0-9.]+ --min-agreement [0-9.]+ --min-sqnr [0-9.]+ --max-size [0-9]+\n$", limits);
        const string Again = "quantize model.onnx --calib data/calib --eval data/val --json";

        Assert.Equal(0, _installed.Run($"{Again} {limits}").ExitCode);
        // The coarsest weights that there are, and nothing that makes up for them.
        const string Coarse = "--weights per-tensor --method minmax --weight-ranges minmax --no-floor";
        (int worse, string text) = _installed.Run($"{Again} {Coarse} {limits}");
        Assert.True(worse == 3, text);
    }

    private void Run(IReadOnlyList<string> words)
    {
        (int code, string text) = _installed.Run("quantize " + string.Join(' ', words.Select(word => $"'{word}'")));
        Assert.True(code == 0, $"quantize {string.Join(' ', words)} ended with {code}:\n{text}");
    }
}
