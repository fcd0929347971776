namespace Quantizer.Schemes;

/// <summary>Scale and zero point of one tensor or channel: real = scale * (integer - zeroPoint).</summary>
internal readonly record struct QuantizationParameters(float Scale, int ZeroPoint, QuantizationScheme Scheme)
{
    /// <summary>
    /// The smallest scale in use. ONNX Runtime multiplies and divides scales in float: below this the products of an
    /// activation's and a weight's scale could become denormal, which some processors flush to zero.
    /// </summary>
    public const float SmallestScale = 1e-15f;

    /// <summary>The real values that the ends of the integer range stand for.</summary>
    public ValueRange Range => new(Scale * (Scheme.QuantizedMin - ZeroPoint), Scale * (Scheme.QuantizedMax - ZeroPoint));

    /// <summary>
    /// Parameters that cover <paramref name="range"/> (widened to hold zero) with zero exactly representable: the scale is
    /// range / steps, the zero point is rounded half to even. An empty range gives scale 1.
    /// </summary>
    public static QuantizationParameters FromRange(ValueRange range, QuantizationScheme scheme)
    {
        ValueRange wide = range.WithZero;
        if (scheme.IsSymmetric)
        {
            float symmetricScale = wide.AbsoluteMaximum / scheme.QuantizedMax;
            return new QuantizationParameters(Usable(symmetricScale), 0, scheme);
        }
        // In double, since the difference of two large floats of opposite sign can overflow.
        double scale = ((double)wide.Max - wide.Min) / (scheme.QuantizedMax - scheme.QuantizedMin);
        float rounded = Usable((float)scale);
        int zeroPoint = scheme.QuantizedMin + (int)Math.Round(-wide.Min / (double)rounded, MidpointRounding.ToEven);
        return new QuantizationParameters(rounded, Math.Clamp(zeroPoint, scheme.QuantizedMin, scheme.QuantizedMax), scheme);
    }

    private static float Usable(float scale) => scale == 0f ? 1f : MathF.Max(scale, SmallestScale);
}
