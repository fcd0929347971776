using Quantizer.Schemes;

namespace Quantizer.Targets.OnnxRuntimeCpu;

/// <summary>When ONNX Runtime removes a clamp in front of a QuantizeLinear.</summary>
internal static class ClampCondition
{
    /// <summary>True when both bounds, quantized, lie at or beyond the ends of the integer range: no integer stands for a value
    /// outside.</summary>
    public static bool Holds(QuantizationParameters parameters, ValueRange clamp)
    {
        double low = Math.Round((double)clamp.Min / parameters.Scale, MidpointRounding.ToEven) + parameters.ZeroPoint;
        double high = Math.Round((double)clamp.Max / parameters.Scale, MidpointRounding.ToEven) + parameters.ZeroPoint;
        return low <= parameters.Scheme.QuantizedMin && high >= parameters.Scheme.QuantizedMax;
    }
}
