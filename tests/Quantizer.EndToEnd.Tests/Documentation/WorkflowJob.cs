using System.Text;
using YamlDotNet.RepresentationModel;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>Runs the steps of a workflow's job and of the composite actions that it uses, in order, as GitHub's runner does: each in
/// the shell with the options it has there, with files for outputs and the summary. Actions of others do nothing,
/// but for the cache.</summary>
/// <param name="cache">A folder that jobs share.</param>
internal sealed class WorkflowJob(InstalledProgram installed, string cache)
{
    private const string Own = "/.github/actions/quantize@";

    private readonly string _runner = Directory.CreateDirectory(installed.PathOf($"runner-{Guid.NewGuid():N}")).FullName;
    private readonly StringBuilder _log = new();
    private readonly List<Action> _afterwards = [];

    public bool HasFailed { get; private set; }

    /// <summary>What the commands printed.</summary>
    public string Log => _log.ToString();

    public string Summary => File.ReadAllText(FileOf("summary"));

    public WorkflowJob Run(YamlNode job)
    {
        File.WriteAllText(FileOf("summary"), "");
        RunSteps(job["steps"], new Dictionary<string, string>(), installed.PathOf(""));
        if (!HasFailed)
            _afterwards.ForEach(step => step());
        return this;
    }

    public static YamlNode Load(string path)
    {
        YamlStream yaml = new();
        yaml.Load(new StringReader(File.ReadAllText(InstalledProgram.InRepository(path))));
        return yaml.Documents.Single().RootNode;
    }

    /// <returns>The outputs of all steps, by their full names, beside what was given.</returns>
    private Dictionary<string, string> RunSteps(YamlNode steps, Dictionary<string, string> values, string actionFolder)
    {
        values["runner.temp"] = _runner;
        WorkflowExpressions expressions = new(values.GetValueOrDefault);
        foreach (YamlNode step in (YamlSequenceNode)steps)
        {
            if (!expressions.Holds(Text(step, "if"), HasFailed))
                continue;
            IEnumerable<(string, string)> outputs = Text(step, "run") is { } command
                ? Shell(command, Text(step, "shell"), Map(step, "env", expressions), actionFolder)
                : Use(Text(step, "uses")!, Map(step, "with", expressions));
            foreach ((string name, string value) in outputs)
                values[$"steps.{Text(step, "id")}.outputs.{name}"] = value;
        }
        return values;
    }

    private IEnumerable<(string, string)> Use(string action, Dictionary<string, string> given)
    {
        if (action.StartsWith("actions/cache@", StringComparison.Ordinal))
            Restore(Path.Combine(cache, given["key"]), given["path"]);
        if (!action.Contains(Own, StringComparison.Ordinal))
            return [];
        YamlNode definition = Load(".github/actions/quantize/action.yml");
        Dictionary<string, string> values = [];
        foreach ((YamlNode name, YamlNode input) in ((YamlMappingNode)definition["inputs"]).Children)
            values[$"inputs.{name}"] = given.GetValueOrDefault(name.ToString()) ?? Text(input, "default") ?? "";
        Assert.All(given.Keys, name => Assert.Contains($"inputs.{name}", values));
        values = RunSteps(definition["runs"]["steps"], values, InstalledProgram.InRepository(".github/actions/quantize"));
        WorkflowExpressions expressions = new(values.GetValueOrDefault);
        return
        [
            .. ((YamlMappingNode)definition["outputs"]).Children.Select(output =>
                (output.Key.ToString(), expressions.Fill(output.Value["value"].ToString()))
            ),
        ];
    }

    /// <summary>What is stored under a key now is there for the job; what is there after a job that succeeded is stored.</summary>
    private void Restore(string stored, string path)
    {
        if (Directory.Exists(stored))
            Copy(stored, path);
        else
            _afterwards.Add(() => Copy(path, stored));
    }

    private List<(string, string)> Shell(string command, string? shell, Dictionary<string, string> variables, string actionFolder)
    {
        File.WriteAllText(FileOf("outputs"), "");
        File.WriteAllText(FileOf("script"), command);
        Dictionary<string, string?> all = new(variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)))
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_ACTION_PATH"] = actionFolder,
            ["GITHUB_WORKSPACE"] = installed.PathOf(""),
            ["GITHUB_OUTPUT"] = FileOf("outputs"),
            ["GITHUB_STEP_SUMMARY"] = FileOf("summary"),
            ["GITHUB_PATH"] = FileOf("path"),
            ["RUNNER_TEMP"] = _runner,
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_ARCH"] = "X64",
        };
        // The options for "shell: bash", and those where none is named.
        string options = shell == "bash" ? "--noprofile --norc -e -o pipefail" : "-e";
        (int code, string text) = installed.Run($"bash {options} '{FileOf("script")}'", all);
        _log.Append(text);
        HasFailed |= code != 0;
        return [.. File.ReadAllLines(FileOf("outputs")).Select(line => line.Split('=', 2)).Select(parts => (parts[0], parts[1]))];
    }

    private string FileOf(string name) => Path.Combine(_runner, $".{name}");

    private static string? Text(YamlNode node, string key) =>
        ((YamlMappingNode)node).Children.TryGetValue(key, out YamlNode? value) ? value.ToString() : null;

    private static Dictionary<string, string> Map(YamlNode step, string key, WorkflowExpressions expressions) =>
        ((YamlMappingNode)step).Children.TryGetValue(key, out YamlNode? map)
            ? ((YamlMappingNode)map).Children.ToDictionary(entry => entry.Key.ToString(), entry => expressions.Fill(entry.Value.ToString()))
            : [];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
