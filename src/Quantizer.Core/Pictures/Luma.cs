namespace Quantizer.Pictures;

/// <summary>Luma by ITU-R 601, bit for bit Pillow's <c>convert('L')</c>.</summary>
internal static class Luma
{
    // 0.299, 0.587 and 0.114 with 16 fraction bits: they add up to exactly 1.
    private const int Red = 19595,
        Green = 38470,
        Blue = 7471,
        FractionBits = 16,
        Half = 1 << (FractionBits - 1);

    /// <param name="rgb">Three bytes a pixel.</param>
    /// <param name="luma">One byte a pixel, rounded half up.</param>
    public static void Of(ReadOnlySpan<byte> rgb, Span<byte> luma)
    {
        for (int i = 0, source = 0; i < luma.Length; i++, source += 3)
            luma[i] = (byte)((rgb[source] * Red + rgb[source + 1] * Green + rgb[source + 2] * Blue + Half) >> FractionBits);
    }
}
