namespace Quantizer.Samples.Records;

/// <summary>Which of the data's named parts (arrays, columns, keys) is what.</summary>
/// <param name="FieldOf">By the model's input.</param>
/// <param name="Label">The one with class indices; null where there is none.</param>
/// <param name="Unused">The others.</param>
internal sealed record FieldMatch(IReadOnlyDictionary<string, string> FieldOf, string? Label, IReadOnlyList<string> Unused)
{
    /// <summary>The input that got a part of another name; null where each has its name, or no other could be meant.</summary>
    public string? Guessed { get; init; }

    /// <summary>What the user should know: a name may be misspelt.</summary>
    /// <param name="part">What the format calls its parts.</param>
    public IReadOnlyList<string> Notes(string part) =>
        Guessed is null ? [] : [$"The {part} '{FieldOf[Guessed]}' feeds the input '{Guessed}': there is no other."];
}
