using Quantizer.Schemes;

namespace Quantizer.Placement.Sites;

/// <summary>Constant weights that the file holds as integers while the arithmetic stays in float.</summary>
/// <param name="Axis">One scale per index along it (or one for all, when asked for).</param>
/// <param name="Gathers">The nodes that each look up some of its rows, where nothing else reads it: only those rows become float.
/// Empty: the whole constant does when the file is loaded.</param>
internal sealed record StoredSite(string Tensor, int Axis, QuantizationScheme Scheme, IReadOnlyList<string> Gathers)
{
    /// <summary>Of 4 bits; null: as <see cref="Scheme"/> says.</summary>
    public Blocks? Blocks { get; init; }
}
