namespace Quantizer.Pipeline;

/// <summary>The names that the clock knows stages by.</summary>
internal static class Stages
{
    public const string Search = "search";
    public const string Rewrite = "rewrite";
    public const string Verify = "verify";
}
