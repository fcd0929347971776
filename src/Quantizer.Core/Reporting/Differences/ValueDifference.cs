namespace Quantizer.Reporting.Differences;

/// <summary>A text that is not the same in both: an option, a version.</summary>
/// <param name="Before">Null: the first has none.</param>
/// <param name="After">Null: the second has none.</param>
internal sealed record ValueDifference(string Name, string? Before, string? After);
