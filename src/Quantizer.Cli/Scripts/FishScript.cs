using System.Text;

namespace Quantizer.Cli.Scripts;

/// <summary>Completion for fish.</summary>
internal static class FishScript
{
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder text = new("# Completion of quantize for fish. Load it with: quantize completion fish | source\n");
        string names = string.Join(' ', commands.Select(command => command.Name).Where(name => name.Length > 0));
        foreach (CompletedCommand command in commands)
        {
            string where =
                command.Name.Length == 0 ? $"not __fish_seen_subcommand_from {names}" : $"__fish_seen_subcommand_from {command.Name}";
            if (command.Name.Length > 0)
                text.Append($"complete -c quantize -n __fish_use_subcommand -a {command.Name} -d {Quoted(command.Summary)}\n");
            if (command.Words.Count > 0)
                text.Append($"complete -c quantize -n '{where}' -f -a {Quoted(string.Join(' ', command.Words))}\n");
            foreach (CompletedOption option in command.Options)
            {
                string letter = option.Short is null ? "" : $" -s {option.Short[1..]}",
                    value = !option.TakesValue ? " -f"
                    : option.Words.Count > 0 ? $" -x -a {Quoted(string.Join(' ', option.Words))}"
                    : option.IsPath ? " -r -F"
                    : " -x";
                text.Append($"complete -c quantize -n '{where}' -l {option.Name[2..]}{letter}{value} -d {Quoted(option.Summary)}\n");
            }
        }
        return text.ToString();
    }

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
