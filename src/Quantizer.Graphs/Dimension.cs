namespace Quantizer.Graphs;

/// <summary>One axis of a declared shape: a size, a symbol, or unknown (neither).</summary>
public readonly record struct Dimension(long? Size, string? Symbol = null)
{
    public static Dimension Unknown => default;

    public static implicit operator Dimension(long size) => new(size);

    public static implicit operator Dimension(string symbol) => new(null, symbol);

    public override string ToString() => Size?.ToString() ?? Symbol ?? "?";
}
