using System.Numerics.Tensors;

namespace Quantizer.Placement;

/// <summary>Constants that no scale suits.</summary>
internal static class UnsoundConstants
{
    /// <summary>
    /// Products of an activation's and a weight's scale must stay finite floats, so neither may reach the square root of the
    /// largest one. Nothing that a network learns comes near.
    /// </summary>
    public const float Largest = 1e15f;

    /// <summary>Why a constant cannot be quantized; null when it can.</summary>
    public static string? FaultOf(Graphs.Tensor constant)
    {
        if (constant.Type != Graphs.ElementType.Float || constant.ElementCount == 0)
            return null;
        // NaN when there is one.
        float largest = TensorPrimitives.MaxMagnitude(constant.Values<float>());
        if (float.IsNaN(largest))
            return $"its constant '{constant.Name}' holds NaN";
        if (float.IsInfinity(largest))
            return $"its constant '{constant.Name}' holds infinity, which has no scale";
        return MathF.Abs(largest) > Largest ? $"its constant '{constant.Name}' reaches {largest:g3}, too far for a scale" : null;
    }
}
