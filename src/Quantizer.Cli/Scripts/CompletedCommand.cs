using System.CommandLine;
using Quantizer.Cli.Commands;

namespace Quantizer.Cli.Scripts;

/// <summary>What a shell has to know of a command.</summary>
/// <param name="Name">Empty: the program's own.</param>
/// <param name="Words">What stands where a path would; none: a path does.</param>
internal sealed record CompletedCommand(string Name, string Summary, IReadOnlyList<CompletedOption> Options, IReadOnlyList<string> Words)
{
    public static IReadOnlyList<CompletedCommand> Of(IReadOnlyList<CommandPage> pages) => [.. pages.Select(Of)];

    private static CompletedCommand Of(CommandPage page) =>
        new(
            page.Command is RootCommand ? "" : page.Command.Name,
            page.Summary,
            [.. page.Groups.SelectMany(group => group.Options).Select(CompletedOption.Of), .. CompletedOption.OfAll],
            [
                .. page
                    .Command.Arguments.SelectMany(argument =>
                        argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty)
                    )
                    .Select(item => item.Label),
            ]
        );
}
