using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Large constants of one value become one: exporters write the weights of a block that is run many times once for each run, behind an
/// Identity or as copies, and what is one tensor is scaled, rounded and written once.
/// </summary>
internal static class EqualConstants
{
    /// <summary>Bytes. Smaller ones are not worth a shared name: a node's own bias or shift is folded into that node alone.</summary>
    private const int LeastBytes = 16 << 10;

    /// <summary>Values that are compared first, spread over the tensor.</summary>
    private const int Probes = 61;

    public static bool Apply(GraphEdit edit)
    {
        int merged = 0;
        foreach (IGrouping<(ElementType, string, long), Tensor> alike in Candidates(edit).GroupBy(KeyOf))
        {
            List<Tensor> kept = [];
            foreach (Tensor tensor in alike)
            {
                if (kept.Find(other => other.Data.Span.SequenceEqual(tensor.Data.Span)) is not { } first)
                {
                    kept.Add(tensor);
                    continue;
                }
                edit.Redirect(tensor.Name, first.Name);
                merged++;
            }
        }
        if (merged == 0)
            return false;
        edit.Note($"{merged} constants are one with others of the same value");
        return true;
    }

    private static IEnumerable<Tensor> Candidates(GraphEdit edit) =>
        edit
            .Graph.Initializers.Where(tensor =>
                tensor.Strings is null
                && tensor.Data.Length >= LeastBytes
                && !edit.Index.IsInput(tensor.Name)
                && !edit.Index.IsOutput(tensor.Name)
                && !edit.IsDeclaredInside(tensor.Name)
                // Merged before: what nobody reads is dead code.
                && edit.Index.ReadersOf(tensor.Name).Count > 0
            )
            .ToArray();

    private static (ElementType, string, long) KeyOf(Tensor tensor)
    {
        ReadOnlySpan<byte> data = tensor.Data.Span;
        HashCode hash = new();
        for (int probe = 0; probe < Probes; probe++)
            hash.Add(data[(int)((long)(data.Length - 1) * probe / (Probes - 1))]);
        return (tensor.Type, string.Join(',', tensor.Dimensions), ((long)data.Length << 32) ^ (uint)hash.ToHashCode());
    }
}
