using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Scripts;

/// <summary>The PowerShell of the repository's tool manifest.</summary>
internal static class PowerShell
{
    private static readonly Lazy<bool> Restored = new(() => SystemTool.Find("dotnet") is not null && Try("1").ExitCode == 0);

    public static bool IsThere => Restored.Value;

    /// <summary>What a command printed; it must succeed.</summary>
    public static string Run(string command)
    {
        (int code, string text) = Try(command);
        return code == 0 ? text : throw new InvalidOperationException($"PowerShell ended with {code}: {text}");
    }

    private static (int ExitCode, string Text) Try(string command) =>
        SystemTool.Try(
            "dotnet",
            ["tool", "run", "pwsh", "--", "-NoProfile", "-Command", command],
            SharedFolder.Repository,
            new Dictionary<string, string?>
            {
                ["NO_COLOR"] = "1",
                ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
                ["POWERSHELL_UPDATECHECK"] = "Off",
            }
        );
}
