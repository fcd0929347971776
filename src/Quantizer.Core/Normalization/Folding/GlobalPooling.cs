using Quantizer.Graphs;
using Quantizer.Patterns;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// Means over the whole of every channel become GlobalAveragePool, which has an integer kernel.
/// 1. ReduceMean over exactly the spatial axes of a float tensor of rank 3 or more, with keepdims.
/// 2. The same without keepdims: a Flatten from axis 1 behind the pool takes the axes away.
/// 3. Neither inside a LayerNormalization or RMSNormalization spelled out, which no runtime would find then.
/// 4. AveragePool without pads and dilations whose window is as large as the input, all sizes known.
/// </summary>
internal static class GlobalPooling
{
    private const int SpatialStart = 2;

    public static bool Apply(GraphEdit edit)
    {
        int converted = 0;
        HashSet<Node> normalizations = MeansOfNormalizations(edit);
        edit.Sweep(node =>
        {
            if (node.Domain.Length > 0)
                return false;
            bool changed = node.OpType switch
            {
                "ReduceMean" => !normalizations.Contains(node) && ConvertMean(node, edit),
                "AveragePool" => ConvertPool(node, edit),
                _ => false,
            };
            if (changed)
                converted++;
            return changed;
        });
        if (converted > 0)
            edit.Note($"{converted} means over whole channels are GlobalAveragePool now");
        return converted > 0;
    }

    private static HashSet<Node> MeansOfNormalizations(GraphEdit edit)
    {
        // Networks without any are the rule, and looking for patterns is not free.
        if (!edit.Graph.Nodes.Exists(node => node.Is("ReduceMean")))
            return [];
        GraphPattern[] patterns = [KnownPatterns.LayerNormalization, KnownPatterns.RmsNormalization];
        return
        [
            .. edit
                .Graph.Nodes.SelectMany(node => patterns.Select(pattern => pattern.Match(node, edit.Index)))
                .OfType<PatternMatch>()
                .SelectMany(match => match.Nodes),
        ];
    }

    private static bool ConvertMean(Node node, GraphEdit edit)
    {
        if (edit.SignatureOf(node.Inputs[0]) is not { Type: ElementType.Float, Shape: { Count: > SpatialStart } shape })
            return false;
        if (ConstantIntegers.AttributeOrInput(node, "axes", 1, edit.Index) is not { Length: > 0 } axes)
            return false;
        SortedSet<long> distinct = [.. axes.Select(axis => axis < 0 ? axis + shape.Count : axis)];
        if (!distinct.SequenceEqual(Enumerable.Range(SpatialStart, shape.Count - SpatialStart).Select(axis => (long)axis)))
            return false;
        bool keepsAxes = node.IntAttribute("keepdims", 1) != 0;
        BecomePool(node);
        if (keepsAxes)
            return true;
        string flat = node.Outputs[0];
        node.Outputs[0] = edit.UniqueTensorName($"{flat}_pooled");
        edit.InsertAfter(node, new Node("Flatten", [node.Outputs[0]], [flat], edit.UniqueNodeName($"{node.Name}_flatten")));
        return true;
    }

    private static bool ConvertPool(Node node, GraphEdit edit)
    {
        if (edit.SignatureOf(node.Inputs[0]) is not { Type: ElementType.Float, Shape: { Count: > SpatialStart } shape })
            return false;
        if (
            node.StringAttribute("auto_pad", "NOTSET") is not ("NOTSET" or "VALID")
            || node.IntsAttribute("pads")?.Any(pad => pad != 0) == true
        )
        {
            return false;
        }

        if (node.IntsAttribute("dilations")?.Any(dilation => dilation != 1) == true)
            return false;
        IEnumerable<long?> window = node.IntsAttribute("kernel_shape")?.Select(size => (long?)size) ?? [];
        if (!window.SequenceEqual(shape.Skip(SpatialStart).Select(dimension => dimension.Size)))
            return false;
        BecomePool(node);
        return true;
    }

    private static void BecomePool(Node node)
    {
        node.OpType = "GlobalAveragePool";
        node.Attributes.Clear();
        node.Inputs.RemoveRange(1, node.Inputs.Count - 1);
    }
}
