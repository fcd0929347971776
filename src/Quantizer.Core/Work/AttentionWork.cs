namespace Quantizer.Work;

/// <summary>
/// Multiply-accumulates of attention in one operator: queries by keys, and their weights by values. Null where a size is not
/// known, or where earlier keys and values come in beside those that are told here.
/// </summary>
internal static class AttentionWork
{
    private const int Heads4D = 4,
        Heads3D = 3;

    /// <summary>Attention of the standard set: queries, keys, values, mask, past key, past value.</summary>
    public static long? Standard(NodeShapes node)
    {
        const int pastKey = 4;
        if (node.HasInput(pastKey) || node.Input(0) is not { } queries || node.Input(1) is not { } keys || node.Input(2) is not { } values)
            return null;
        if (queries.Count == Heads4D)
            return NodeShapes.Product(queries.Take(3)) * keys[2] * (queries[3] + values[3]);
        if (queries.Count != Heads3D)
            return null;
        long queryHeads = node.Node.IntAttribute("q_num_heads", 1),
            valueHeads = node.Node.IntAttribute("kv_num_heads", 1);
        return queries[0] * queries[1] * keys[1] * (queries[2] + values[2] / valueHeads * queryHeads);
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
        if (node.HasInput(pastKey) || node.Input(0) is not [var batch, var length, var width])
            return null;
        if (node.Input(1) is not [_, var others, _] || node.Input(2) is not [_, _, var valueWidth])
            return null;
        return batch * length * others * (width + valueWidth);
    }
}
