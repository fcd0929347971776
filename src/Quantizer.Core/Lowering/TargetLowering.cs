using Quantizer.Normalization;

namespace Quantizer.Lowering;

/// <summary>
/// Rewrites parts of a network that have no fast integer kernel into equal ones that have: exact in FP32 and of use on the
/// target only, so the FP32 reference stays the normalized model.
/// </summary>
public static class TargetLowering
{
    public static NormalizedModel Lower(NormalizedModel normalized)
    {
        return normalized;
    }
}
