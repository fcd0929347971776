using System.Text;
using Quantizer.Graphs;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Scores that a ZipMap gives as maps from classes to numbers: what reads a map has them in the order of the keys.</summary>
internal static class MappedClasses
{
    /// <summary>The class, by the order in which the node lists them, of each number in the order of the keys.</summary>
    /// <returns>Null where both orders are the same, or the node is none that maps.</returns>
    public static IReadOnlyList<int>? OrderOf(Node? node)
    {
        if (node is not { OpType: "ZipMap" })
            return null;
        int[] order = node.Attribute("classlabels_strings")?.Value is AttributeValue.StringList { Values: { Count: > 0 } names }
            ? Sorted([.. names.Select(name => Encoding.UTF8.GetString(name.Span))], StringComparer.Ordinal)
            : Sorted(node.IntsAttribute("classlabels_int64s") ?? [], Comparer<long>.Default);
        return order.SequenceEqual(Enumerable.Range(0, order.Length)) ? null : order;
    }

    private static int[] Sorted<T>(IReadOnlyList<T> keys, IComparer<T> comparer) =>
        [.. Enumerable.Range(0, keys.Count).OrderBy(place => keys[place], comparer)];
}
