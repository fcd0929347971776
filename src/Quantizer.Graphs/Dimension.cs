namespace Quantizer.Graphs;

/// <summary>One axis of a declared shape: a size, a symbol, or unknown (neither).</summary>
public readonly record struct Dimension(long? Size, string? Symbol = null)
{
    public static Dimension Unknown => default;

    public override string ToString() => Size?.ToString() ?? Symbol ?? "?";
}
