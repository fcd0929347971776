namespace Quantizer.Reporting.Differences;

/// <summary>A tensor whose scale, zero point, type or method is not the same.</summary>
/// <param name="Ratio">Of the larger to the smaller scale, of the channel where it is largest; null where the numbers of scales differ or
/// one of the files has no such tensor.</param>
/// <param name="Before">Null: the first has no such tensor.</param>
/// <param name="After">Null: the second has no such tensor.</param>
internal sealed record TensorDifference(string Name, double? Ratio, TensorReport? Before, TensorReport? After);
