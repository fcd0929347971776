using System.Text;

namespace Quantizer.Mutation;

/// <summary>Replaces characters of a file.</summary>
/// <param name="Rank">Order of the edits at one position: what closes an inner statement comes before what closes an outer one.</param>
internal readonly record struct Edit(int Position, int Length, string Text, int Rank)
{
    public static string Apply(string source, IEnumerable<Edit> edits)
    {
        StringBuilder result = new();
        int done = 0;
        foreach (Edit edit in edits.OrderBy(edit => edit.Position).ThenBy(edit => edit.Rank))
        {
            result.Append(source, done, edit.Position - done).Append(edit.Text);
            done = edit.Position + edit.Length;
        }

        return result.Append(source, done, source.Length - done).ToString();
    }
}
