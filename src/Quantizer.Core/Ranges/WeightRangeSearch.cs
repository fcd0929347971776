using Quantizer.Schemes;

namespace Quantizer.Ranges;

internal static class WeightRangeSearch
{
    public static float AbsoluteMaximum(ReadOnlySpan<float> v) { float m = 0; foreach (float x in v) m = MathF.Max(m, MathF.Abs(x)); return m; }
    public static float SquaredErrorThreshold(ReadOnlySpan<float> v, QuantizationScheme s) => AbsoluteMaximum(v);
}
