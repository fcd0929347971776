namespace Quantizer.Cli.Tests.Scripts;

/// <summary>Runs only where the repository's tools are restored.</summary>
internal sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute() => Skip = PowerShell.IsThere ? null : "There is no PowerShell; 'dotnet tool restore' brings it.";
}
