namespace Quantizer.Mutation;

/// <summary>One statement that is taken out.</summary>
/// <param name="Number">Its number in the compiled copy, by which it is switched off.</param>
/// <param name="File">Path in the repository.</param>
/// <param name="Line">Of its first character, from 1.</param>
/// <param name="Text">Its first line.</param>
/// <param name="Edits">What makes it removable.</param>
internal sealed record Mutant(int Number, string File, int Line, string Text, Edit[] Edits)
{
    public override string ToString() => $"{File}:{Line}  {Text}";
}
