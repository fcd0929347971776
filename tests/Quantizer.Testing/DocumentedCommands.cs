using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Quantizer.Testing;

/// <summary>The command lines of the program that documents and recipes tell, each as the words behind its name.</summary>
public static partial class DocumentedCommands
{
    private const string Program = "quantize ";

    /// <summary>How the README calls the program where it is not installed.</summary>
    private const string FromSource = "dotnet run -c Release --project src/Quantizer.Cli -- ";

    /// <summary>What a program printed stands between fences with this word.</summary>
    private const string Output = "```text";

    /// <summary>Lines of code of a Markdown file, which are indented or between fences, and code in its text that has a model or an option;
    /// patterns with optional parts are none, and neither is output.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OfMarkdown(string path)
    {
        List<IReadOnlyList<string>> commands = [];
        bool isFenced = false,
            isOutput = false;
        foreach (string line in Read(path).Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                (isFenced, isOutput) = (!isFenced, line == Output);
            else if (isOutput)
                continue;
            else if ((isFenced || line.StartsWith("    ", StringComparison.Ordinal)) && Words(line) is { } words)
                commands.Add(words);
            else if (!isFenced)
                commands.AddRange(InText(line));
        }
        return commands;
    }

    /// <summary>Scalars of a YAML file, and its remarks.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OfYaml(string path)
    {
        YamlStream yaml = new();
        yaml.Load(new StringReader(Read(path)));
        IEnumerable<string> scalars = yaml
            .Documents.SelectMany(document => document.AllNodes)
            .OfType<YamlScalarNode>()
            .Select(node => node.Value ?? "");
        IEnumerable<string> remarks = Read(path)
            .Split('\n')
            .Where(line => line.TrimStart().StartsWith('#'))
            .Select(line => line.TrimStart(' ', '#'));
        return OfScripts(scalars.Concat(remarks));
    }

    /// <summary>Scripts between three quotes.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OfJenkinsfile(string path) =>
        OfScripts(Script().Matches(Read(path)).Select(match => match.Groups[1].Value));

    /// <summary>Examples of a help page.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OfHelp(string help) =>
        [.. Examples().Match(help).Groups[1].Value.Split('\n').Select(Words).OfType<IReadOnlyList<string>>()];

    private static IReadOnlyList<IReadOnlyList<string>> OfScripts(IEnumerable<string> scripts) =>
        [.. scripts.SelectMany(script => Continuation().Replace(script, " ").Split('\n')).Select(Words).OfType<IReadOnlyList<string>>()];

    /// <summary>Null where the line is no command of the program.</summary>
    private static IReadOnlyList<string>? Words(string line)
    {
        string text = line.Trim();
        string? rest =
            text.StartsWith(Program, StringComparison.Ordinal) ? text[Program.Length..]
            : text.StartsWith(FromSource, StringComparison.Ordinal) ? text[FromSource.Length..]
            : null;
        return rest is null || rest.Contains('[', StringComparison.Ordinal) ? null : ShellWords.Of(rest);
    }

    private static IEnumerable<IReadOnlyList<string>> InText(string line) =>
        Code()
            .Matches(line)
            .Select(match => match.Groups[1].Value)
            .Where(code => code.Contains(".onnx", StringComparison.Ordinal) || code.Contains(" --", StringComparison.Ordinal))
            .Select(Words)
            .OfType<IReadOnlyList<string>>();

    private static string Read(string path) => File.ReadAllText(Path.Combine(SharedFolder.Repository, path)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continuation();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("'''(.*?)'''", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"Examples:\n(.*?)\n\n", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
