using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>What a node hands to its bodies, and how often it runs them.</summary>
/// <param name="Shapes">Of the bodies' inputs, in their order; null where one is not known.</param>
/// <param name="Rounds">Null where data decide.</param>
internal sealed record BodyInputs(IReadOnlyList<IReadOnlyList<Dimension>?> Shapes, long? Rounds)
{
    /// <summary>The number of the round and whether it runs.</summary>
    private const int LoopCounters = 2;

    public static BodyInputs Of(Node node, GraphIndex index, IReadOnlyDictionary<string, TensorSignature> tensors)
    {
        return node.OpType switch
        {
            "If" => new BodyInputs([], 1),
            "Loop" => new BodyInputs(
                [
                    [],
                    [],
                    .. node.Inputs.Skip(LoopCounters).Select(ShapeOf),
                ],
                RoundsOf(node, index)
            ),
            "Scan" => Scanned(node, ShapeOf),
            _ => new BodyInputs([], null),
        };

        IReadOnlyList<Dimension>? ShapeOf(string tensor) =>
            index.ConstantOf(tensor) is { } constant
                ? [.. constant.Dimensions.Select(size => new Dimension(size))]
                : tensors.GetValueOrDefault(tensor)?.Shape;
    }

    /// <summary>A body's input with the shape that it is given, which bodies rarely declare.</summary>
    public ValueInfo Declared(ValueInfo input, int at) =>
        at < Shapes.Count && Shapes[at] is { } shape ? new ValueInfo(input.Name, input.Type, [.. shape]) : input;

    /// <summary>State first, then a slice of each sequence.</summary>
    private static BodyInputs Scanned(Node node, Func<string, IReadOnlyList<Dimension>?> shapeOf)
    {
        int sequences = (int)node.IntAttribute("num_scan_inputs", 0),
            states = node.Inputs.Count - sequences;
        IReadOnlyList<long>? axes = node.IntsAttribute("scan_input_axes");
        List<IReadOnlyList<Dimension>?> shapes = [.. node.Inputs.Take(states).Select(shapeOf)];
        long? rounds = null;
        for (int at = 0; at < sequences; at++)
        {
            List<Dimension>? shape = shapeOf(node.Inputs[states + at])?.ToList();
            if (shape is { Count: > 0 })
            {
                int axis = (int)(axes?[at] ?? 0);
                axis = axis < 0 ? axis + shape.Count : axis;
                rounds ??= shape[axis].Size;
                shape.RemoveAt(axis);
            }
            shapes.Add(shape);
        }
        return new BodyInputs(shapes, rounds);
    }

    /// <summary>The most rounds, where they are constant and the body only passes on that it runs.</summary>
    private static long? RoundsOf(Node loop, GraphIndex index)
    {
        Graph body = loop.Subgraphs.First();
        string goesOn = body.Outputs[0].Name;
        while (body.Nodes.Find(node => node.Outputs.Contains(goesOn)) is { } maker)
        {
            if (!maker.Is("Identity") && !maker.Is("Cast"))
                return null;
            goesOn = maker.Inputs[0];
        }
        return index.ConstantOf(loop.Inputs[0]) is { Type: ElementType.Int64, ElementCount: 1 } most
            ? BitConverter.ToInt64(most.Data.Span)
            : null;
    }
}
