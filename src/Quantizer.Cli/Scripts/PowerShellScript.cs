using System.Text;

namespace Quantizer.Cli.Scripts;

/// <summary>Completion for PowerShell; where it gives nothing, PowerShell offers files.</summary>
internal static class PowerShellScript
{
    private const string Tail = """
            # The words before the one at the cursor; what lies behind the cursor does not count.
            $given = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } |
                ForEach-Object { $_.ToString() })
            $before = $given | Select-Object -Last 1
            $prefix = ''
            if ($word -match '^(--[^=]+=)(.*)$') { $prefix = $Matches[1]; $before = $prefix.TrimEnd('='); $word = $Matches[2] }
            $command = if ($given.Count -gt 0 -and $options.ContainsKey($given[0])) { $given[0] } else { '' }
            $found = if ($before -and $values[$command].ContainsKey($before)) { $values[$command][$before] }
                elseif ($word.StartsWith('-')) { $options[$command] }
                elseif ($words.ContainsKey($command)) { $words[$command] }
                elseif ($command -eq '') { $options.Keys | Where-Object { $_ -ne '' } }
            $found | Where-Object { $_ -like "$word*" } | Sort-Object | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new("$prefix$_", $_, 'ParameterValue', $_)
            }
        }

        """;

    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder text = new(
            """
            # Completion of quantize for PowerShell. Load it with: quantize completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName quantize -ScriptBlock {
                param($word, $ast, $position)

            """
        );
        text.Append("    $options = @{\n");
        foreach (CompletedCommand command in commands)
            text.Append($"        '{command.Name}' = {List(command.Options.SelectMany(option => option.Names))}\n");
        text.Append("    }\n    $words = @{\n");
        foreach (CompletedCommand command in commands.Where(command => command.Words.Count > 0))
            text.Append($"        '{command.Name}' = {List(command.Words)}\n");
        text.Append("    }\n    $values = @{\n");
        foreach (CompletedCommand command in commands)
        {
            text.Append($"        '{command.Name}' = @{{\n");
            foreach (CompletedOption option in command.Options.Where(option => option.TakesValue))
            {
                foreach (string name in option.Names)
                    text.Append($"            '{name}' = {List(option.Words)}\n");
            }
            text.Append("        }\n");
        }
        return text.Append("    }\n").Append(Tail).ToString();
    }

    private static string List(IEnumerable<string> words) =>
        $"@({string.Join(", ", words.Select(word => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'"))})";
}
