namespace Quantizer.Pipeline;

/// <summary>The names that the clock knows stages by.</summary>
internal static class Stages
{
    public const string Ranges = "ranges";
    public const string Rewrite = "rewrite";
    public const string Verify = "verify";
}
