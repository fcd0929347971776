using System.CommandLine;
using Quantizer.Cli.Flags;

namespace Quantizer.Cli.Commands;

/// <summary>A command with everything that its help page says.</summary>
/// <param name="Summary">One sentence.</param>
/// <param name="Usages">Command lines, each with its meaning.</param>
/// <param name="Examples">Command lines to copy, each with what it does.</param>
/// <param name="Groups">Every option of the command, once.</param>
internal sealed record CommandPage(
    Command Command,
    string Summary,
    IReadOnlyList<(string Line, string Meaning)> Usages,
    IReadOnlyList<(string Line, string Meaning)> Examples,
    IReadOnlyList<FlagGroup> Groups
)
{
    /// <summary>Gives the command the options of all groups.</summary>
    public CommandPage WithOptionsAdded()
    {
        foreach (Option option in Groups.SelectMany(group => group.Options))
            Command.Options.Add(option);
        return this;
    }
}
