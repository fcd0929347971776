using System.Text.RegularExpressions;
using Quantizer.Testing;
using YamlDotNet.RepresentationModel;

namespace Quantizer.Cli.Tests.Documentation;

/// <summary>The action for GitHub and its example, as far as files tell.</summary>
public sealed class ActionTests
{
    private const string Folder = ".github/actions/quantize";

    private static readonly string[] Inputs =
    [
        "model",
        "calib",
        "eval",
        "labels",
        "output",
        "report",
        "limits",
        "version",
        "args",
        "cache",
    ];

    [Fact]
    public void It_has_the_inputs_and_outputs_that_it_is_asked_for_with_descriptions()
    {
        YamlMappingNode action = Load($"{Folder}/action.yml");

        Assert.Equal(Inputs, Keys(action["inputs"]));
        Assert.Equal(["report", "int8", "headline", "speedup", "size"], Keys(action["outputs"]));
        YamlNode[] entries =
        [
            .. new[] { "inputs", "outputs" }.SelectMany(part => ((YamlMappingNode)action[part]).Children.Select(child => child.Value)),
        ];
        Assert.All(entries, entry => Assert.EndsWith(".", entry["description"].ToString()));
        Assert.Equal("composite", action["runs"]["using"].ToString());
        foreach ((YamlNode name, YamlNode output) in ((YamlMappingNode)action["outputs"]).Children)
            Assert.Equal($"${{{{ steps.run.outputs.{name} }}}}", output["value"].ToString());
    }

    [Fact]
    public void Each_step_that_runs_names_its_shell_and_a_command_of_the_script()
    {
        string script = File.ReadAllText(Path.Combine(SharedFolder.Repository, Folder, "run.sh"));
        string[] commands =
        [
            .. Steps().Where(step => step.Children.ContainsKey("run")).Select(step => step["run"].ToString().Split(' ')[^1]),
        ];

        Assert.Equal(["look", "build", "key", "run"], commands);
        Assert.All(commands, command => Assert.Matches($@"(?m)^{command}\(\)", script));
        Assert.All(Steps().Where(step => step.Children.ContainsKey("run")), step => Assert.Equal("bash", step["shell"].ToString()));
    }

    [Fact]
    public void The_script_gets_every_input_that_it_reads()
    {
        string script = File.ReadAllText(Path.Combine(SharedFolder.Repository, Folder, "run.sh"));
        string[] read = [.. Regex.Matches(script, "INPUT_[A-Z]+").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

        foreach (YamlMappingNode step in Steps().Where(step => step.Children.ContainsKey("env")))
        {
            YamlMappingNode variables = (YamlMappingNode)step["env"];
            Assert.Equal(read, Keys(variables).Order(StringComparer.Ordinal));
            foreach ((YamlNode name, YamlNode value) in variables.Children)
                Assert.Equal($"${{{{ inputs.{name.ToString()["INPUT_".Length..].ToLowerInvariant()} }}}}", value.ToString());
        }
    }

    [Fact]
    public void The_example_gives_only_inputs_that_there_are_and_uses_only_outputs_that_there_are()
    {
        string text = File.ReadAllText(Path.Combine(SharedFolder.Repository, "samples/ci/github.yml"));
        YamlMappingNode job = (YamlMappingNode)Load("samples/ci/github.yml")["jobs"]["quantize"];
        YamlNode step = ((YamlSequenceNode)job["steps"]).Single(step =>
            step is YamlMappingNode map && map.Children.ContainsKey("with") && map["uses"].ToString().Contains(Folder)
        );

        Assert.Subset(Inputs.ToHashSet(), Keys(step["with"]).ToHashSet());
        Assert.All(
            Regex.Matches(text, @"steps\.quantize\.outputs\.(\w+)").Select(match => match.Groups[1].Value),
            output => Assert.Contains(output, Keys(Load($"{Folder}/action.yml")["outputs"]))
        );
    }

    [Theory]
    [InlineData("samples/ci/gitlab-ci.yml", "quantize")]
    [InlineData("samples/ci/azure-pipelines.yml", "steps")]
    public void Recipes_are_YAML(string path, string key) => Assert.Contains(key, Keys(Load(path)));

    private static IEnumerable<YamlMappingNode> Steps() =>
        ((YamlSequenceNode)Load($"{Folder}/action.yml")["runs"]["steps"]).Cast<YamlMappingNode>();

    private static string[] Keys(YamlNode node) => [.. ((YamlMappingNode)node).Children.Keys.Select(key => key.ToString())];

    private static YamlMappingNode Load(string path)
    {
        YamlStream yaml = new();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(SharedFolder.Repository, path))));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
