namespace Quantizer.Graphs;

/// <summary>One axis of a declared shape: a size, a symbol, or unknown (neither).</summary>
/// <param name="Size">Null when it is not fixed.</param>
/// <param name="Symbol">The name of a size that is not fixed, such as "N"; null when there is none.</param>
public readonly record struct Dimension(long? Size, string? Symbol = null)
{
    /// <summary>Neither a size nor a symbol.</summary>
    public static Dimension Unknown => default;

    /// <summary>An axis of a fixed size.</summary>
    public static implicit operator Dimension(long size) => new(size);

    /// <summary>An axis whose size has a name only.</summary>
    public static implicit operator Dimension(string symbol) => new(null, symbol);

    /// <summary>The size, the symbol, or "?".</summary>
    public override string ToString() => Size?.ToString() ?? Symbol ?? "?";
}
