using Quantizer.Patterns;
using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Rules;

/// <summary>
/// The patterns that ONNX Runtime has one kernel for, or that 8 bits inside would only blur. Broken up by QuantizeLinear, each
/// costs 5 to 10 % of a transformer's time.
/// </summary>
internal static class PatternTable
{
    public static IReadOnlyList<PatternRule> Rules { get; } =
    [
        new(KnownPatterns.Gelu, PatternUse.KeepWhole, "part of a GELU, which ONNX Runtime runs as one float kernel"),
        new(
            KnownPatterns.LayerNormalization,
            PatternUse.KeepWhole,
            "part of a LayerNormalization, which ONNX Runtime runs as one float kernel"
        ),
        new(KnownPatterns.RmsNormalization, PatternUse.KeepWhole, "part of an RMSNormalization, which needs float precision"),
        new(
            KnownPatterns.Attention,
            PatternUse.KeepWhole,
            "part of an attention, whose products of activations gain little and cost accuracy"
        ),
        new(KnownPatterns.TanhGelu, PatternUse.KeepWhole, "part of a GELU by tanh, which ONNX Runtime runs as one float kernel"),
        new(
            KnownPatterns.Gate,
            PatternUse.FloatBehindMean,
            "part of a gate of one value per channel, which takes no time in float and would blur a whole channel in 8 bits"
        ),
        // Joined to a Gemm where shapes are static; an int32 bias keeps that Gemm on integers.
        new(KnownPatterns.Linear, PatternUse.LinearLayer),
    ];
}
