using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>The node by which a picture comes to a network's layers, where several nodes read it.</summary>
internal static class PictureReader
{
    private static readonly string[] Layers = ["Conv", "ConvTranspose", "Einsum", "GRU", "Gemm", "LSTM", "MatMul", "RNN"];

    /// <summary>
    /// 1. The only reader.
    /// 2. Of several, the one behind which the first layers lie: the others see the picture only beside what those made of it, as an
    ///    addition of the picture at the end does, or a product with its mask.
    /// </summary>
    /// <returns>Null where layers see the picture in several ways, or where there is none.</returns>
    public static Node? Of(string tensor, GraphIndex index)
    {
        // Sizes are no values.
        Node[] readers = [.. index.ReadersOf(tensor).Where(node => !node.Is("Shape"))];
        return readers.Length == 1 ? readers[0] : Array.Find(readers, reader => IsFirst(reader, readers, index));
    }

    private static bool IsFirst(Node reader, Node[] readers, GraphIndex index)
    {
        HashSet<Node> first = [.. Reached([reader], index, stopsAt: IsLayer).Where(IsLayer)];
        if (first.Count == 0)
            return false;
        HashSet<Node> made = [.. Reached(first, index, stopsAt: _ => false)];
        return !Reached(readers.Where(other => other != reader), index, made.Contains).Any(node => IsLayer(node) && !made.Contains(node));
    }

    /// <summary>The nodes and those behind them, but none behind a node to stop at.</summary>
    private static HashSet<Node> Reached(IEnumerable<Node> from, GraphIndex index, Predicate<Node> stopsAt)
    {
        HashSet<Node> reached = [];
        Stack<Node> open = new(from);
        while (open.TryPop(out Node? node))
        {
            if (!reached.Add(node) || stopsAt(node))
                continue;
            foreach (Node reader in node.Outputs.Where(output => output.Length > 0).SelectMany(index.ReadersOf))
                open.Push(reader);
        }
        return reached;
    }

    /// <summary>Bodies may hold layers.</summary>
    private static bool IsLayer(Node node) => Layers.Contains(node.OpType) || node.Subgraphs.Any();
}
