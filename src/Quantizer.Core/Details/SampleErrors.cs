using Quantizer.Kernels;

namespace Quantizer.Details;

/// <summary>How a tensor differs for one sample.</summary>
/// <param name="Whole">With all that comes from before.</param>
/// <param name="Own">By its own node alone; null where that adds nothing, or was not measured.</param>
internal readonly record struct SampleErrors(DifferenceSums Whole, DifferenceSums? Own)
{
    public static SampleErrors operator +(SampleErrors a, SampleErrors b) =>
        new(a.Whole + b.Whole, a.Own is { } own ? own + (b.Own ?? default) : b.Own);
}
