using Quantizer.Placement.Contract;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>Makes a quantized range stay inside the clamp in front of it, so that the clamp says nothing new and disappears.</summary>
internal static class ClampFit
{
    /// <summary>Each step narrows the range by this share, a quarter of a quantum of 8 bits: rounding is all that has to be
    /// overcome.</summary>
    private const float Step = 1f / 1024f;

    private const int MostSteps = 8;

    /// <summary>Parameters for the part of a range inside the clamp.</summary>
    /// <param name="bound">Null: no clamp.</param>
    /// <param name="target">Knows when a clamp disappears.</param>
    public static QuantizationParameters Fit(ValueRange range, ValueRange? bound, QuantizationScheme scheme, Target target)
    {
        if (bound is not { } clamp)
            return QuantizationParameters.FromRange(range, scheme);
        ValueRange inside = range.WithZero.Intersection(clamp);
        // Nothing but zeros was seen, or what rounds to them at any scale: any range will do, as long as it stays inside.
        if (inside.AbsoluteMaximum < QuantizationParameters.SmallestScale * (scheme.QuantizedMax - scheme.QuantizedMin))
            inside = clamp.Intersection(new ValueRange(-1f, 1f));
        for (int step = 0; step <= MostSteps; step++)
        {
            float factor = 1f - step * Step;
            QuantizationParameters parameters = QuantizationParameters.FromRange(
                new ValueRange(inside.Min * factor, inside.Max * factor),
                scheme
            );
            if (target.Absorbs(parameters, clamp))
                return parameters;
        }
        return QuantizationParameters.FromRange(inside, scheme);
    }
}
