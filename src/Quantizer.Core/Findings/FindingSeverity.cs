namespace Quantizer.Findings;

/// <summary>The severities of a <see cref="Finding"/>.</summary>
public static class FindingSeverity
{
    public const string Info = "info";
    public const string Warning = "warning";
    public const string Error = "error";

    /// <summary>Sorts the worst first.</summary>
    public static int Rank(string severity) => severity switch
    {
        Error => 0,
        Warning => 1,
        _ => 2,
    };
}
