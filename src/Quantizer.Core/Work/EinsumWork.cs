namespace Quantizer.Work;

/// <summary>Multiply-accumulates of an Einsum.</summary>
internal static class EinsumWork
{
    private const string Ellipsis = "...";

    /// <summary>
    /// One per combination of all its indices for every operand behind the first; none for a single operand, which is only moved
    /// or summed. Null where a size is not known or the equation is not understood.
    /// </summary>
    public static long? Of(NodeShapes node)
    {
        if (node.Node.Inputs.Count < 2)
            return 0;
        string[] terms = node.Node.StringAttribute("equation", "").Replace(" ", "").Split("->")[0].Split(',');
        if (terms.Length != node.Node.Inputs.Count)
            return null;
        Dictionary<string, long> sizes = [];
        for (int operand = 0; operand < terms.Length; operand++)
        {
            if (node.Input(operand) is not { } shape || !TryLabels(terms[operand], shape.Count, out List<string> labels))
                return null;
            // An axis of one is repeated along the other operand's.
            for (int axis = 0; axis < shape.Count; axis++)
                sizes[labels[axis]] = Math.Max(sizes.GetValueOrDefault(labels[axis], 1), shape[axis]);
        }
        return NodeShapes.Product(sizes.Values) * (terms.Length - 1);
    }

    /// <summary>One label an axis; those that the ellipsis stands for are numbered from its end, because they align there.</summary>
    private static bool TryLabels(string term, int rank, out List<string> labels)
    {
        int at = term.IndexOf(Ellipsis, StringComparison.Ordinal);
        string letters = at < 0 ? term : term.Remove(at, Ellipsis.Length);
        labels = [.. letters.Select(letter => letter.ToString())];
        int hidden = rank - labels.Count;
        if (hidden < 0 || (at < 0 && hidden > 0))
            return false;
        if (at >= 0)
            labels.InsertRange(at, Enumerable.Range(0, hidden).Select(axis => $"{Ellipsis}{hidden - axis}"));
        return true;
    }
}
