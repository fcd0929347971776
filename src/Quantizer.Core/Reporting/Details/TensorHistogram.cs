using System.Text.Json.Serialization;
using Quantizer.Reporting.Converters;

namespace Quantizer.Reporting.Details;

/// <summary>The values that calibration saw of a tensor, and the ranges proposed for it.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Count">Number of values, zeros included.</param>
/// <param name="Zeros">Values equal to zero, which no bin counts.</param>
/// <param name="Bins">Counts of values in bins of equal width from <paramref name="Min"/> to <paramref name="Max"/>.</param>
/// <param name="Thresholds">What each selector proposes.</param>
/// <param name="Chosen">The selector that won, as in <see cref="TensorReport.Method"/>; empty where the tensor was not quantized in the
/// end.</param>
/// <param name="Low">Smallest value on the chosen grid.</param>
/// <param name="High">Largest value on the chosen grid.</param>
/// <param name="Step">Distance of two values of the grid; 0 where there is none.</param>
public sealed record TensorHistogram(
    string Name,
    float Min,
    float Max,
    long Count,
    long Zeros,
    [property: JsonConverter(typeof(WholeListConverter))] IReadOnlyList<long> Bins,
    IReadOnlyList<RangeThreshold> Thresholds,
    string Chosen,
    float Low,
    float High,
    float Step
);

/// <summary>The range that a selector proposes.</summary>
/// <param name="Method">The selector: "entropy".</param>
/// <param name="Low">Smallest value that is not clipped.</param>
/// <param name="High">Largest value that is not clipped.</param>
/// <param name="ExpectedSqnrDb">Signal over the error of rounding and clipping with it; null where there is no error.</param>
public sealed record RangeThreshold(string Method, float Low, float High, double? ExpectedSqnrDb);
