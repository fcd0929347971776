using Quantizer.Graphs;

namespace Quantizer.Preprocessing;

/// <summary>The element types of picture inputs, and what they are fed: floats of any width the prepared values, rounded to the nearest;
/// whole numbers of any width bytes, which the model scales by itself.</summary>
internal static class PictureElements
{
    /// <summary>What bytes lose where the whole numbers have a sign and no more bits: 0 becomes the least of them, as TFLite has
    /// it.</summary>
    private const int SignedOffset = -sbyte.MinValue;

    private static PicturePreset SignedBytes { get; } = new(PreparationCandidate.Custom, 1f, [SignedOffset], [1f], ChannelOrder.Rgb);

    /// <summary>Whether any preparation can be fed.</summary>
    public static bool AreFloats(ElementType type) =>
        type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>Whether the preparation is settled by the type, but for the channel order.</summary>
    public static bool AreWhole(ElementType type) =>
        type
            is ElementType.UInt8
                or ElementType.Int8
                or ElementType.UInt16
                or ElementType.Int16
                or ElementType.UInt32
                or ElementType.Int32
                or ElementType.UInt64
                or ElementType.Int64;

    /// <summary>The preparation of whole numbers.</summary>
    public static PicturePreset BytesIn(ElementType type) => type == ElementType.Int8 ? SignedBytes : PicturePreset.Raw;

    /// <param name="tables">By channel: what each byte is prepared as.</param>
    /// <exception cref="QuantizationException">The type does not take these values.</exception>
    public static void Check(IReadOnlyList<float[]> tables, ElementType type)
    {
        if (AreWhole(type))
        {
            float mean = BytesIn(type).Mean[0];
            if (tables.Any(table => table.Where((value, index) => value != index - mean).Any()))
                throw new QuantizationException($"The model's picture input has element type {type}: it takes {Demand(type)}");
        }
        else if (!AreFloats(type))
        {
            throw new QuantizationException(
                $"The model's picture input has element type {type}; pictures feed floats and whole numbers of 8 bits or more. Give arrays "
                    + $"of that type in an .npz file instead."
            );
        }
        else if (
            type == ElementType.Float16
            && tables.SelectMany(table => table).MaxBy(MathF.Abs) is var most
            && !Half.IsFinite((Half)most)
        )
        {
            throw new QuantizationException(
                $"Prepared pictures reach {most}; the model's picture input has element type Float16, which ends at {Half.MaxValue}. Check "
                    + $"--scale, --mean and --std."
            );
        }
    }

    private static string Demand(ElementType type) =>
        type == ElementType.Int8
            ? $"bytes less {SignedOffset}, -128..127. Leave out --preset."
            : "bytes 0..255 as they are. Use --preset raw.";
}
