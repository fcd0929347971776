using Quantizer.Cli.Scripts;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Scripts;

/// <summary>The scripts, judged by the shells that they are for.</summary>
public sealed class CompletionScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolTheory("bash")]
    [InlineData("quantize --max", "--max-drop --max-size")]
    [InlineData("quantize m.onnx --method per", "percentile")]
    [InlineData("quantize m.onnx --method = per", "percentile")]
    [InlineData("quantize m.onnx --channels =", "bgr gray rgb")]
    [InlineData("quantize --activations d", "dynamic")]
    [InlineData("quantize compare --da", "--data")]
    [InlineData("quantize compare a.onnx b.onnx --data v", "val")]
    [InlineData("quantize compare --calib", "")]
    [InlineData("quantize completion f", "fish")]
    [InlineData("quantize comp", "compare completion")]
    [InlineData("quantize m", "man model one.onnx model two.onnx")]
    [InlineData("quantize --report r", "report.json")]
    [InlineData("quantize --samples 1", "")]
    [InlineData("quantize -", "")]
    public void Bash_completes(string line, string expected)
    {
        foreach (string file in new[] { "model one.onnx", "model two.onnx", "report.json", "val/x" })
            _folder.Write(file, [1]);
        string[] words = line.Split(' ');
        string quoted = string.Join(' ', words.Select(word => $"'{word}'"));
        string command =
            $"source <(cat script); COMP_WORDS=({quoted}); COMP_CWORD={words.Length - 1}; _quantize; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        _folder.Write("script", System.Text.Encoding.UTF8.GetBytes(Script("bash")));

        string[] found = [.. SystemTool.Run("bash", ["-c", command], _folder.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

        if (line.EndsWith(" -", StringComparison.Ordinal))
            Assert.True(found.Length > 40 && found.Contains("-o") && found.Contains("--help"), string.Join(' ', found));
        else
            Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
    }

    [ToolTheory("fish")]
    [InlineData("quantize --max-d", "--max-drop")]
    [InlineData("quantize m.onnx --method per", "percentile")]
    [InlineData("quantize compare --da", "--data")]
    [InlineData("quantize completion f", "fish")]
    public void Fish_completes(string line, string expected)
    {
        string script = _folder.Write("script.fish", System.Text.Encoding.UTF8.GetBytes(Script("fish")));

        string found = SystemTool.Run("fish", ["--no-config", "-c", $"source {script}; complete -C '{line}'"], _folder.Path);

        Assert.Equal(expected, Assert.Single(found.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Split('\t')[0]);
    }

    [ToolFact("zsh")]
    public void Zsh_takes_the_script_and_each_of_its_specifications()
    {
        string script = _folder.Write("script.zsh", System.Text.Encoding.UTF8.GetBytes(Script("zsh")));
        const string Try =
            "autoload -Uz compinit; compinit -u -d dump; source $1; (( $+functions[_quantize] )) && [[ $_comps[quantize] == _quantize ]]";

        SystemTool.Run("zsh", ["-f", "-n", script], _folder.Path);
        Assert.Equal("", SystemTool.Run("zsh", ["-f", "-c", Try, "zsh", script], _folder.Path));
    }

    [PowerShellFact]
    public void PowerShell_completes()
    {
        // The cursor is at the bar.
        (string Line, string Expected)[] lines =
        [
            ("quantize --max-d|", "--max-drop"),
            ("quantize --max-d| --report x.json", "--max-drop"),
            ("quantize m.onnx --method per|", "percentile"),
            ("quantize m.onnx --method=per|", "--method=percentile"),
            ("quantize \"a b.onnx\" --channels |", "bgr gray rgb"),
            ("quantize compare --da|", "--data"),
            ("quantize compare --calib|", ""),
            ("quantize comp|", "compare completion"),
            ("quantize completion p|", "powershell pwsh"),
            ("quantize --samples 1|", ""),
            ("quantize --report rep|", "./report.json"),
            ("./quantize.exe --activations d|", "dynamic"),
        ];
        _folder.Write("report.json", [1]);
        string script = _folder.Write("script.ps1", System.Text.Encoding.UTF8.GetBytes(Script("pwsh"))),
            given = string.Join(", ", lines.Select(line => $"'{line.Line}'")),
            command =
                $". '{script}'; Set-Location '{_folder.Path}'; foreach ($line in {given}) {{ $at = $line.IndexOf('|'); "
                + "\"$line \" + ((TabExpansion2 $line.Remove($at, 1) $at).CompletionMatches.CompletionText -join ' ') }";

        string[] found = PowerShell.Run(command).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        Assert.Equal(lines.Select(line => $"{line.Line} {line.Expected}"), found);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    [InlineData("powershell")]
    public void Every_option_of_the_help_is_in_every_script(string shell)
    {
        string script = Script(shell);
        using ProgramRun help = new();
        help.Run("--help");

        string[] options =
        [
            .. System
                .Text.RegularExpressions.Regex.Matches(
                    help.Out,
                    @"^  (?:-\w, )?--([a-z-]+)",
                    System.Text.RegularExpressions.RegexOptions.Multiline
                )
                .Select(match => match.Groups[1].Value),
        ];

        Assert.True(options.Length > 40);
        Assert.All(options, option => Assert.Matches($@"\b{option}\b", script));
    }

    [Fact]
    public void Another_shell_is_refused()
    {
        using ProgramRun run = new(),
            none = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("completion", "csh"));
        Assert.Equal(ExitCodes.WrongUsage, none.Run("completion"));

        Assert.StartsWith("error: SHELL got 'csh'; expected bash, zsh, fish, pwsh or powershell.", run.Error);
        Assert.StartsWith("error: SHELL is missing: bash, zsh, fish, pwsh or powershell.", none.Error);
    }

    [Theory]
    [InlineData("Subtracted per channel, after --scale.", "Subtracted per channel, after --scale")]
    [InlineData("How: this; and that.", "How")]
    [InlineData("Files such as vocab.txt. More.", "Files such as vocab.txt")]
    [InlineData("no end", "no end")]
    public void A_shell_shows_one_sentence(string text, string expected) => Assert.Equal(expected, CompletedOption.FirstSentence(text));

    private static string Script(string shell)
    {
        using ProgramRun run = new();
        Assert.Equal(ExitCodes.Done, run.Run("completion", shell));
        return run.Out;
    }
}
