namespace Quantizer.Samples.Records;

/// <summary>Which of the data's named parts (arrays, columns, keys) is what.</summary>
/// <param name="FieldOf">By the model's input.</param>
/// <param name="Label">The one with class indices; null where there is none.</param>
/// <param name="Unused">The others.</param>
internal sealed record FieldMatch(IReadOnlyDictionary<string, string> FieldOf, string? Label, IReadOnlyList<string> Unused);
