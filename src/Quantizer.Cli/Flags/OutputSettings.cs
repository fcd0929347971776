namespace Quantizer.Cli.Flags;

/// <summary>What is told about a run, and where.</summary>
internal sealed record OutputSettings(IReadOnlyList<string> Reports, bool Json, bool Quiet, bool Verbose)
{
    /// <summary>Whether what lies behind the figures is collected, too.</summary>
    public bool Details { get; init; }
}
