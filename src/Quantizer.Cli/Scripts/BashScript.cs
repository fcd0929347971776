using System.Text;

namespace Quantizer.Cli.Scripts;

/// <summary>Completion for bash 3.2 and newer; newer ones know that a word is a file name.</summary>
internal static class BashScript
{
    private const string Head = """
        # Completion of quantize for bash. Load it with: source <(quantize completion bash)
        _quantize() {
          local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" options="" words="" paths=""
          # Bash parts --method=mse into three words.
          if [[ "$word" == "=" ]]; then
            word=""
          elif [[ "$before" == "=" && $COMP_CWORD -ge 2 ]]; then
            before="${COMP_WORDS[COMP_CWORD-2]}"
          fi

        """;

    private const string Tail = """
          local IFS=$'\n'
          COMPREPLY=()
          if [[ -n "$words" ]]; then
            COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$word"))
          elif [[ "$word" == -* ]]; then
            COMPREPLY=($(IFS=' '; compgen -W "$options" -- "$word"))
          elif [[ -n "$paths" ]]; then
            compopt -o filenames 2> /dev/null
            COMPREPLY=($(compgen -f -- "$word"))
          fi
        }
        complete -F _quantize quantize

        """;

    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder text = new(Head);
        IEnumerable<CompletedCommand> named = commands.Where(command => command.Name.Length > 0);
        text.Append("  if [[ $COMP_CWORD -gt 1 ]]; then\n    case \"${COMP_WORDS[1]}\" in\n");
        text.Append($"      {string.Join('|', named.Select(command => command.Name))}) command=\"${{COMP_WORDS[1]}}\" ;;\n");
        text.Append("    esac\n  fi\n  case \"$command\" in\n");
        foreach (CompletedCommand command in commands)
            Write(command, named, text);
        return text.Append("  esac\n").Append(Tail).ToString();
    }

    private static void Write(CompletedCommand command, IEnumerable<CompletedCommand> named, StringBuilder text)
    {
        text.Append($"    \"{command.Name}\")\n");
        text.Append($"      options=\"{string.Join(' ', command.Options.SelectMany(option => option.Names))}\"\n");
        text.Append("      case \"$before\" in\n");
        foreach (CompletedOption option in command.Options.Where(option => option.TakesValue))
        {
            string value =
                option.Words.Count > 0 ? $"words=\"{string.Join(' ', option.Words)}\""
                : option.IsPath ? "paths=1 options=\"\""
                : "options=\"\"";
            text.Append($"        {string.Join('|', option.Names)}) {value} ;;\n");
        }
        string other = command.Words.Count > 0 ? $"[[ \"$word\" == -* ]] || words=\"{string.Join(' ', command.Words)}\"" : "paths=1";
        text.Append($"        *) {other} ;;\n      esac\n");
        if (command.Name.Length == 0)
        {
            // A first word may be a command, and a file as well.
            text.Append("      if [[ $COMP_CWORD -eq 1 && \"$word\" != -* ]]; then\n");
            text.Append($"        local names=\"{string.Join(' ', named.Select(other => other.Name))}\"\n");
            text.Append("        compopt -o filenames 2> /dev/null\n        local IFS=$'\\n'\n");
            text.Append("        COMPREPLY=($(IFS=' '; compgen -W \"$names\" -- \"$word\") $(compgen -f -- \"$word\"))\n");
            text.Append("        return\n      fi\n");
        }
        text.Append("      ;;\n");
    }
}
