namespace Quantizer.Work;

/// <summary>
/// Multiply-accumulates of attention in one operator: queries by keys, and their weights by values, with those of earlier runs that come in
/// beside them. Null where a size is not known.
/// </summary>
internal static class AttentionWork
{
    private const int Heads4D = 4,
        Heads3D = 3;

    /// <summary>Attention of the standard set: queries, keys, values, mask, past key, past value.</summary>
    public static long? Standard(NodeShapes node)
    {
        const int pastKey = 4;
        if (node.Input(0) is not { } queries || node.Input(1) is not { } keys || node.Input(2) is not { } values)
            return null;
        if (queries.Count is not (Heads4D or Heads3D) || PastLength(node, pastKey) is not { } past)
            return null;
        if (queries.Count == Heads4D)
            return NodeShapes.Product(queries.Take(3)) * (past + keys[2]) * (queries[3] + values[3]);
        long queryHeads = node.Node.IntAttribute("q_num_heads", 1),
            valueHeads = node.Node.IntAttribute("kv_num_heads", 1);
        return queries[0] * queries[1] * (past + keys[1]) * (queries[2] + values[2] / valueHeads * queryHeads);
    }

    /// <summary>Attention of com.microsoft, with the projection of its input [batch, length, width] to queries, keys and values.</summary>
    public static long? Projected(NodeShapes node)
    {
        const int weightsInput = 1,
            past = 4,
            parts = 3;
        if (
            node.HasInput(past)
            || node.Input(0) is not [var batch, var length, var width]
            || node.Input(weightsInput) is not [_, var projected]
        )
        {
            return null;
        }

        return batch * length * width * projected + 2 * batch * length * length * (projected / parts);
    }

    /// <summary>MultiHeadAttention of com.microsoft: queries, keys and values as [batch, length, width] each.</summary>
    public static long? MultiHead(NodeShapes node)
    {
        const int pastKey = 6;
        if (PastLength(node, pastKey) is not { } past || node.Input(0) is not [var batch, var length, var width])
            return null;
        if (node.Input(1) is not [_, var others, _] || node.Input(2) is not [_, _, var valueWidth])
            return null;
        return batch * length * (past + others) * (width + valueWidth);
    }

    /// <summary>GroupQueryAttention of com.microsoft: queries, or all three side by side, as [batch, length, width]; keys of all runs are
    /// its second output.</summary>
    public static long? Grouped(NodeShapes node)
    {
        if (node.Input(0) is not [var batch, var length, var width] || node.Output(1) is not [_, _, var all, _])
            return null;
        long queryHeads = node.Node.IntAttribute("num_heads", 0),
            valueHeads = node.Node.IntAttribute("kv_num_heads", 0);
        if (queryHeads <= 0 || valueHeads <= 0)
            return null;
        long queries = node.HasInput(1) ? width : width / (queryHeads + (2 * valueHeads)) * queryHeads;
        return batch * length * all * 2 * queries;
    }

    /// <summary>How many keys earlier runs have left, as [batch, heads, length, width]; null: that is not known.</summary>
    private static long? PastLength(NodeShapes node, int pastKey) =>
        !node.HasInput(pastKey) ? 0
        : node.Input(pastKey) is [_, _, var length, _] ? length
        : null;
}
