using System.CommandLine;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Scripts;

/// <summary>quantize man</summary>
internal static class ManCommand
{
    /// <param name="pages">Of all commands, this one among them.</param>
    public static CommandPage Create(Terminal terminal, Func<IReadOnlyList<CommandPage>> pages)
    {
        const string Summary = "Prints the manual page, roff as 'man -l' reads it.";
        Command command = new("man", Summary);
        command.SetAction(_ =>
        {
            terminal.Out.Write(ManPage.Of(pages()));
            return ExitCodes.Done;
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize man", "")],
            [("quantize man > quantize.1", "For a folder of MANPATH; 'man -l quantize.1' shows it at once.")],
            []
        );
    }
}
