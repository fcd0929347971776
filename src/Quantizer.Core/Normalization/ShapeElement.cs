using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>One element of an integer tensor that holds sizes: a number, or "the size of axis <paramref name="Axis"/> of
/// <paramref name="Tensor"/>".</summary>
/// <param name="Dimension">What is known of it: a size, a symbol, or neither.</param>
internal readonly record struct ShapeElement(Dimension Dimension, string? Tensor = null, int Axis = 0)
{
    public static ShapeElement Of(long size) => new(new Dimension(size));

    public long? Size => Dimension.Size;

    /// <summary>Whether this is certainly the size of that axis.</summary>
    public bool IsSizeOf(string tensor, int axis, Dimension dimension) =>
        (Tensor == tensor && Axis == axis)
        || (Size is not null && Size == dimension.Size)
        || (Dimension.Symbol is not null && Dimension.Symbol == dimension.Symbol);
}
