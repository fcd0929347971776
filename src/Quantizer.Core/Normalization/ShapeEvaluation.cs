using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>The sizes that int64 tensors hold, as far as they can be told without running the model. Nodes are shown in graph
/// order.</summary>
internal sealed class ShapeEvaluation
{
    /// <summary>No tensor has this many axes; longer lists are data, not sizes.</summary>
    private const int MostElements = 64;

    private readonly GraphEdit _edit;

    private readonly SymbolicShapes _shapes;

    private readonly Dictionary<string, ShapeValue> _values = [];

    public ShapeEvaluation(GraphEdit edit)
    {
        _edit = edit;
        _shapes = new SymbolicShapes(edit, Of);
    }

    /// <summary>What is known of a tensor that was constant or made by a node already shown; null when nothing is.</summary>
    public ShapeValue? Of(string tensor)
    {
        if (_values.TryGetValue(tensor, out ShapeValue? value))
            return value;
        if (
            _edit.Index.ConstantOf(tensor)
            is not { Type: ElementType.Int64, Dimensions.Count: <= 1, ElementCount: <= MostElements } constant
        )
        {
            return null;
        }

        ShapeElement[] elements = Array.ConvertAll(constant.Values<long>().ToArray(), ShapeElement.Of);
        return _values[tensor] = new ShapeValue(elements, constant.Dimensions.Count == 0);
    }

    /// <summary>The shape of such a tensor; null where not even the rank is known.</summary>
    public IReadOnlyList<Dimension>? ShapeOf(string tensor) => _shapes.Of(tensor);

    /// <summary>Works out what the node makes of the sizes it reads; null for nodes that do something else.</summary>
    public ShapeValue? Follow(Node node)
    {
        if (node.Domain.Length > 0)
            return null;
        ShapeValue? result = node.OpType switch
        {
            "Shape" => OfShape(node),
            "Size" => OfSize(node),
            "Gather" => OfGather(node),
            "Slice" => OfSlice(node),
            "Unsqueeze" => Of(node.Inputs[0]) is { IsScalar: true } scalar && OneAxis(node) ? scalar with { IsScalar = false } : null,
            "Squeeze" => Of(node.Inputs[0]) is { IsScalar: false, Elements.Count: 1 } list ? list with { IsScalar = true } : null,
            "Concat" => OfConcat(node),
            "Cast" when node.IntAttribute("to", 0) == (long)ElementType.Int64 => Of(node.Inputs[0]),
            "Identity" => Of(node.Inputs[0]),
            "Add" or "Sub" or "Mul" or "Div" => OfArithmetic(node),
            _ => null,
        };
        if (result is null)
            _shapes.Follow(node);
        else
            _values[node.Outputs[0]] = result;
        return result;
    }

    private ShapeValue? OfShape(Node node)
    {
        if (ShapeOf(node.Inputs[0]) is not { } shape)
            return null;
        int Bound(string name, long absent)
        {
            long value = node.IntAttribute(name, absent);
            return (int)Math.Clamp(value < 0 ? value + shape.Count : value, 0, shape.Count);
        }
        int start = Bound("start", 0),
            end = Math.Max(start, Bound("end", shape.Count));
        return new ShapeValue([
            .. Enumerable.Range(start, end - start).Select(axis => new ShapeElement(shape[axis], node.Inputs[0], axis)),
        ]);
    }

    private ShapeValue? OfSize(Node node)
    {
        if (ShapeOf(node.Inputs[0]) is not { } shape || shape.Any(dimension => dimension.Size is null))
            return null;
        return new ShapeValue(
            [ShapeElement.Of(shape.Aggregate(1L, (count, dimension) => checked(count * dimension.Size!.Value)))],
            IsScalar: true
        );
    }

    private ShapeValue? OfGather(Node node)
    {
        if (Of(node.Inputs[0]) is not { IsScalar: false } data || Of(node.Inputs[1]) is not { } indices)
            return null;
        List<ShapeElement> gathered = [];
        foreach (ShapeElement index in indices.Elements)
        {
            if (index.Size is not { } position)
                return null;
            if (position < 0)
                position += data.Elements.Count;
            if (position < 0 || position >= data.Elements.Count)
                return null;
            gathered.Add(data.Elements[(int)position]);
        }
        return new ShapeValue(gathered, indices.IsScalar);
    }

    private ShapeValue? OfSlice(Node node)
    {
        if (Of(node.Inputs[0]) is not { IsScalar: false } data)
            return null;
        if (Parameter(node, "starts", 1) is not [long start] || Parameter(node, "ends", 2) is not [long end])
            return null;
        bool hasStep = node.Inputs.Count > 4 && node.Inputs[4].Length > 0;
        if (hasStep && Parameter(node, "steps", 4) is not [1])
            return null;
        int count = data.Elements.Count;
        int from = (int)Math.Clamp(start < 0 ? start + count : start, 0, count);
        int to = (int)Math.Clamp(end < 0 ? end + count : end, from, count);
        return new ShapeValue([.. data.Elements.Skip(from).Take(to - from)]);
    }

    private ShapeValue? OfConcat(Node node)
    {
        List<ShapeElement> joined = [];
        foreach (string input in node.Inputs)
        {
            if (Of(input) is not { IsScalar: false } part)
                return null;
            joined.AddRange(part.Elements);
        }
        return new ShapeValue(joined);
    }

    /// <summary>Of numbers; what becomes of an open size has no name. Sizes are divided by counts: by nothing else.</summary>
    private ShapeValue? OfArithmetic(Node node)
    {
        if (Of(node.Inputs[0]) is not { } left || Of(node.Inputs[1]) is not { } right)
            return null;
        int count = Math.Max(left.Elements.Count, right.Elements.Count);
        if ((left.Elements.Count != count && left.Elements.Count != 1) || (right.Elements.Count != count && right.Elements.Count != 1))
            return null;
        List<ShapeElement> results = [];
        for (int i = 0; i < count; i++)
        {
            if (left.Elements[left.Elements.Count == 1 ? 0 : i].Size is not { } first)
                return null;
            if (right.Elements[right.Elements.Count == 1 ? 0 : i].Size is not { } second || (node.Is("Div") && second <= 0))
                return null;
            results.Add(ShapeElement.Of(Result(node.OpType, first, second)));
        }
        return new ShapeValue(results, left.IsScalar && right.IsScalar);
    }

    private static long Result(string operation, long left, long right) =>
        operation switch
        {
            "Add" => left + right,
            "Sub" => left - right,
            "Mul" => left * right,
            _ => left / right,
        };

    private bool OneAxis(Node node) => Parameter(node, "axes", 1) is [0 or -1];

    /// <summary>A parameter that is an attribute in older operator sets and an input in newer ones.</summary>
    private long[]? Parameter(Node node, string attribute, int input) =>
        ConstantIntegers.AttributeOrInput(node, attribute, input, _edit.Index);
}
