using System.CommandLine;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Scripts;

/// <summary>quantize completion SHELL</summary>
internal sealed class CompletionCommand
{
    public const string Name = "completion";

    private const string Example = "quantize completion bash";

    private static readonly (string Shell, Func<IReadOnlyList<CompletedCommand>, string> Script)[] Shells =
    [
        ("bash", BashScript.Of),
        ("zsh", ZshScript.Of),
        ("fish", FishScript.Of),
        ("pwsh", PowerShellScript.Of),
        ("powershell", PowerShellScript.Of),
    ];

    private static readonly string[] Words = [.. Shells.Select(row => row.Shell)];

    private readonly Argument<string> _shell = Positional.Path("SHELL", $"{Flag.Or(Words)}.");

    /// <param name="pages">Of all commands, this one among them.</param>
    public CommandPage Create(Terminal terminal, Func<IReadOnlyList<CommandPage>> pages)
    {
        const string Summary = "Prints a script that completes options and their words in a shell.";
        Command command = new(Name, Summary) { _shell };
        _shell.CompletionSources.Add(Words);
        Positional.Require(command, _shell, Flag.Or(Words), Example);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_shell) is { Tokens: [{ Value: var shell }] } && !Words.Contains(shell))
                result.AddError($"SHELL got '{shell}'; expected {Flag.Or(Words)}.");
        });
        command.SetAction(parse =>
        {
            string shell = parse.GetRequiredValue(_shell);
            terminal.Out.Write(Shells.First(row => row.Shell == shell).Script(CompletedCommand.Of(pages())));
            return ExitCodes.Done;
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize completion SHELL", "")],
            [
                ("quantize completion bash", "For ~/.bashrc: source <(quantize completion bash)"),
                ("quantize completion zsh", "For ~/.zshrc, behind compinit: source <(quantize completion zsh)"),
                ("quantize completion fish", "Into ~/.config/fish/completions/quantize.fish"),
                ("quantize completion pwsh", "For $PROFILE: quantize completion pwsh | Out-String | Invoke-Expression"),
            ],
            []
        );
    }
}
