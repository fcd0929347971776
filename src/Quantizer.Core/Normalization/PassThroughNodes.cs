using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Removes nodes that hand their first input through unchanged: Identity, Dropout outside of training, Cast to the type the
/// tensor has, Transpose in the given order, Pad by nothing, Reshape and Flatten to the shape the tensor has, Concat, Sum, Max,
/// Min and Mean of one.
/// 1. Readers of the output, also those inside subgraphs, read the input instead.
/// 2. Where the output is a graph output and the input is made by a node, that node makes the output under its own name.
/// 3. Kept where it joins a graph input, a constant or a graph output to a graph output, and where a subgraph has a tensor of
///    its own under one of the two names.
/// </summary>
internal static class PassThroughNodes
{
    public static bool Apply(GraphEdit edit)
    {
        SortedDictionary<string, int> removed = new(StringComparer.Ordinal);
        bool changed = edit.Sweep(node =>
        {
            if (node.Domain.Length > 0 || !HandsThrough(node, edit) || !Bypass(node, edit))
                return false;
            removed[node.OpType] = removed.GetValueOrDefault(node.OpType) + 1;
            return true;
        });
        if (changed)
            edit.Note($"removed {string.Join(", ", removed.Select(count => $"{count.Value} {count.Key}"))}");
        return changed;
    }

    private static bool HandsThrough(Node node, GraphEdit edit) =>
        node.OpType switch
        {
            "Identity" => true,
            "Concat" or "Sum" or "Max" or "Min" or "Mean" => node.Inputs.Count == 1,
            "Dropout" => IsInferenceDropout(node, edit),
            "Cast" => edit.SignatureOf(node.Inputs[0])?.Type is { } type
                && type != ElementType.Undefined
                && (long)type == node.IntAttribute("to", 0),
            "Transpose" => node.IntsAttribute("perm") is { } order
                && order.SequenceEqual(Enumerable.Range(0, order.Count).Select(axis => (long)axis)),
            "Pad" => PadAmounts.Of(node, edit) is { } pads && pads.All(amount => amount == 0),
            "Reshape" or "Flatten" => KeepsShape(node, edit),
            _ => false,
        };

    private static bool IsInferenceDropout(Node node, GraphEdit edit)
    {
        if (node.Outputs.Count > 1 && (edit.Index.ReadersOf(node.Outputs[1]).Count > 0 || edit.Index.IsOutput(node.Outputs[1])))
            return false;
        return Dropouts.Drops(node, edit.Index) == false;
    }

    private static bool KeepsShape(Node node, GraphEdit edit)
    {
        IReadOnlyList<Dimension>? before = edit.SignatureOf(node.Inputs[0])?.Shape;
        IReadOnlyList<Dimension>? after = edit.SignatureOf(node.Outputs[0])?.Shape;
        if (before is null || after is null || !before.SequenceEqual(after))
            return false;
        return before.All(dimension => dimension.Size is not null || dimension.Symbol is not null);
    }

    private static bool Bypass(Node node, GraphEdit edit)
    {
        string input = node.Inputs[0],
            output = node.Outputs[0];
        if (edit.IsDeclaredInside(input) || edit.IsDeclaredInside(output))
            return false;
        if (!edit.Index.IsOutput(output))
        {
            edit.Remove(node);
            edit.Redirect(output, input);
        }
        else
        {
            if (edit.Index.ProducerOf(input) is not { } producer || edit.Index.IsOutput(input))
                return false;
            producer.Outputs[producer.Outputs.IndexOf(input)] = output;
            edit.Remove(node);
            edit.Edited(producer);
            edit.Redirect(input, output);
            edit.Origins.Merge(producer, node);
        }
        return true;
    }
}
