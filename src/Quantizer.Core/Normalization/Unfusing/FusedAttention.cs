using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>
/// Attention joined with the projections in front of it. Inputs: x [B, S, H], weights [H, Q + K + V], bias, mask, past, attention
/// bias, past length. Kept where it reads or writes the past, rotates positions, or has a mask whose form its shape does not tell.
/// </summary>
internal static class FusedAttention
{
    private const int BiasInput = 2,
        MaskInput = 3,
        PastInput = 4,
        AttentionBiasInput = 5,
        PastLengthInput = 6;

    /// <summary>"mask_filter_value: The value to be filled in the attention mask. Default value is -10000.0f" (ONNX Runtime's contrib
    /// operators, Attention).</summary>
    private const float DefaultFilter = -10000;

    /// <summary>softmax(q * k / sqrt(size of a head) + mask) * v, for each head.</summary>
    public static string? TakeApart(Node node, Replacement replacement, GraphEdit edit)
    {
        if (node.IntAttribute("num_heads", 0) is not (> 0 and var heads) || SizesOf(node, heads, edit) is not [var queries, _, var values])
            return null;
        if (HasPast(node, edit) || node.IntAttribute("do_rotary", 0) != 0 || (Has(node, MaskInput) && !IsKnownMask(node, edit)))
            return null;
        string projected = replacement.Add("MatMul", node.Inputs.Take(2));
        if (Has(node, BiasInput))
            projected = replacement.Add("Add", [projected, node.Inputs[BiasInput]]);
        string sizes = Integers(node, edit, queries, queries, values);
        IReadOnlyList<string> parts = replacement.AddMany("Split", [projected, sizes], outputs: 3, NodeAttribute.Of("axis", -1L));
        string products = replacement.Add(
            "MatMul",
            [Heads(parts[0], queries / heads, 0L, 2L, 1L, 3L), Heads(parts[1], queries / heads, 0L, 2L, 3L, 1L)]
        );
        float scale = node.FloatAttribute("scale", 0);
        scale = scale == 0 ? 1 / MathF.Sqrt(queries / heads) : scale;
        string scores = replacement.Add("Mul", [products, replacement.AddScalar(scale)]);
        if (AddMask(node, replacement, edit) is { } mask)
            scores = replacement.Add("Add", [scores, mask]);
        string shares = replacement.Add("Softmax", [scores], NodeAttribute.Of("axis", -1L));
        string mixed = replacement.Add("MatMul", [shares, Heads(parts[2], values / heads, 0L, 2L, 1L, 3L)]);
        string turned = replacement.Add("Transpose", [mixed], NodeAttribute.Of("perm", [0L, 2L, 1L, 3L]));
        return replacement.Add("Reshape", [turned, Integers(node, edit, 0, 0, values)]);

        string Heads(string part, long size, params long[] order)
        {
            string split = replacement.Add("Reshape", [part, Integers(node, edit, 0, 0, heads, size)]);
            return replacement.Add("Transpose", [split], NodeAttribute.Of("perm", order));
        }
    }

    /// <summary>The widths of queries, keys and values; null where they are not known, or no multiples of the number of heads.</summary>
    private static long[]? SizesOf(Node node, long heads, GraphEdit edit)
    {
        if (edit.SignatureOf(node.Inputs[1])?.Shape is not [_, { Size: { } all }])
            return null;
        long[] sizes = node.Attribute("qkv_hidden_sizes")?.Value is AttributeValue.IntList { Values: [_, _, _] given }
            ? [.. given]
            : [all / 3, all / 3, all / 3];
        return sizes.Sum() == all && sizes[0] == sizes[1] && sizes.All(size => size > 0 && size % heads == 0) ? sizes : null;
    }

    private static bool HasPast(Node node, GraphEdit edit) =>
        Has(node, PastInput)
        || Has(node, PastLengthInput)
        || node.Outputs.Skip(1).Any(output => output.Length > 0 && (edit.Index.IsOutput(output) || edit.Index.ReadersOf(output).Count > 0));

    /// <summary>[B, S] and [B, S, S] say which positions count, [B] how many; [2 B] and [3 B + 2] look like the last unless B is
    /// known.</summary>
    private static bool IsKnownMask(Node node, GraphEdit edit)
    {
        if (edit.SignatureOf(node.Inputs[MaskInput])?.Shape is not { } shape)
            return false;
        return shape.Count is 2 or 3
            || (
                shape is [{ } lengths]
                && lengths != Dimension.Unknown
                && edit.SignatureOf(node.Inputs[0])?.Shape is [var batch, _, _]
                && batch == lengths
            );
    }

    /// <summary>What is added to the scores, in a shape that is broadcast to [B, heads, S, S]; null: nothing.</summary>
    private static string? AddMask(Node node, Replacement replacement, GraphEdit edit)
    {
        string? mask = Has(node, MaskInput) ? AddPadding(node, replacement, edit) : null;
        if (node.IntAttribute("unidirectional", 0) != 0)
        {
            string columns = replacement.AddPositions(node.Inputs[0]);
            string rows = replacement.Add("Reshape", [columns, Integers(node, edit, -1, 1)]);
            string isLater = replacement.Add("Greater", [columns, rows]);
            // As in ONNX Runtime's kernel: what comes later counts even less than what is masked.
            mask = replacement.Add("Where", [isLater, replacement.AddScalar(float.MinValue), mask ?? replacement.AddScalar(0)]);
        }
        if (!Has(node, AttentionBiasInput))
            return mask;
        string bias = node.Inputs[AttentionBiasInput];
        return mask is null ? bias : replacement.Add("Add", [mask, bias]);
    }

    private static string AddPadding(Node node, Replacement replacement, GraphEdit edit)
    {
        string mask = node.Inputs[MaskInput];
        int rank = edit.SignatureOf(mask)!.Shape!.Count;
        string filter = replacement.AddScalar(node.FloatAttribute("mask_filter_value", DefaultFilter)),
            nothing = replacement.AddScalar(0);
        if (rank == 1)
        {
            string counts = replacement.Add("Cast", [mask], NodeAttribute.Of("to", (long)ElementType.Int64));
            string ends = replacement.Add("Reshape", [counts, Integers(node, edit, -1, 1, 1, 1)]);
            string isInside = replacement.Add("Less", [replacement.AddPositions(node.Inputs[0]), ends]);
            return replacement.Add("Where", [isInside, nothing, filter]);
        }
        string zero = edit.AddConstant(Tensor.FromInt32s($"{node.Outputs[0]}_zero", [], [0]));
        string counted = replacement.Add("Greater", [mask, zero]);
        string kept = replacement.Add("Where", [counted, nothing, filter]);
        return replacement.Add("Unsqueeze", [kept, rank == 2 ? Integers(node, edit, 1, 2) : Integers(node, edit, 1)]);
    }

    private static bool Has(Node node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0;

    private static string Integers(Node node, GraphEdit edit, params long[] values) =>
        edit.AddConstant(Tensor.FromInt64s($"{node.Outputs[0]}_integers", [values.Length], values));
}
