using System.Text;

namespace Quantizer.Cli.Scripts;

/// <summary>Completion for zsh, by its own _arguments.</summary>
internal static class ZshScript
{
    private const string Tail = """
          esac
        }
        if [[ "$funcstack[1]" == "_quantize" ]]; then
          _quantize "$@"
        else
          compdef _quantize quantize
        fi

        """;

    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder text = new(
            "#compdef quantize\n# Completion of quantize for zsh. Load it with: source <(quantize completion zsh)\n_quantize() {\n"
        );
        text.Append("  local command=\"\"\n  if (( CURRENT > 2 )); then\n    case \"$words[2]\" in\n      ");
        text.Append(string.Join('|', commands.Select(command => command.Name).Where(name => name.Length > 0)));
        text.Append(")\n        command=\"$words[2]\"\n        shift words\n        (( CURRENT-- ))\n        ;;\n    esac\n  fi\n");
        text.Append("  case \"$command\" in\n");
        foreach (CompletedCommand command in commands)
        {
            text.Append($"    \"{command.Name}\")\n");
            if (command.Name.Length == 0)
                WriteNames(commands, text);
            text.Append("      _arguments -S");
            foreach (CompletedOption option in command.Options)
                text.Append($" \\\n        {Specification(option)}");
            string other = command.Words.Count > 0 ? $"({string.Join(' ', command.Words)})" : "_files";
            text.Append($" \\\n        '*:argument:{other}'\n      ;;\n");
        }
        return text.Append(Tail).ToString();
    }

    /// <summary>A first word may be a command, and a file as well.</summary>
    private static void WriteNames(IReadOnlyList<CompletedCommand> commands, StringBuilder text)
    {
        text.Append("      if (( CURRENT == 2 )); then\n        local -a names=(");
        foreach (CompletedCommand command in commands.Where(command => command.Name.Length > 0))
            text.Append($" \\\n          '{command.Name}:{Quoted(command.Summary)}'");
        text.Append("\n        )\n        _describe command names\n      fi\n");
    }

    private static string Specification(CompletedOption option)
    {
        string value =
            !option.TakesValue ? ""
            : option.Words.Count > 0 ? $":{option.Hint}:({string.Join(' ', option.Words)})"
            : option.IsPath ? $":{option.Hint}:_files"
            : $":{Bracketed(option.Hint)}: ";
        string repeated = option.MayRepeat ? "*" : "",
            equals = option.TakesValue ? "=" : "",
            text = $"[{Bracketed(option.Summary)}]{value}";
        return option.Short is { } letter
            ? $"'({letter} {option.Name})'{{{letter},{option.Name}{equals}}}'{text}'"
            : $"'{repeated}{option.Name}{equals}{text}'";
    }

    private static string Bracketed(string text) =>
        Quoted(text)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal)
            .Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quoted(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);
}
