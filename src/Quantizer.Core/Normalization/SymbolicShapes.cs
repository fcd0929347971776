using System.Numerics;
using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Shapes behind a Reshape whose target is computed, where ONNX Runtime only knows how many axes there are. They are followed in symbols
/// from node to node: else each layer of a transformer would know its own only once that of the layer before is a constant. What ONNX
/// Runtime tells wins; nodes are shown in graph order, and one that has no rule here tells nothing.
/// </summary>
/// <param name="valueOf">What is known of an int64 tensor of sizes.</param>
internal sealed class SymbolicShapes(GraphEdit edit, Func<string, ShapeValue?> valueOf)
{
    /// <summary>Their first output has the shape of their first input.</summary>
    private static readonly HashSet<string> KeepShape =
    [
        .. "Abs Cast Clip Cos CumSum Dropout Elu Erf Exp Gelu HardSigmoid HardSwish Identity LayerNormalization LeakyRelu Log".Split(' '),
        .. "LogSoftmax Mish Neg Not RMSNormalization Reciprocal Relu Sigmoid Sign Sin Softmax Softplus Sqrt Swish Tanh Trilu".Split(' '),
    ];

    private static readonly HashSet<string> Broadcast =
    [
        .. "Add And Div Equal Greater GreaterOrEqual Less LessOrEqual Max Min Mod Mul Or Pow Sub Where".Split(' '),
    ];

    private static readonly HashSet<string> Reductions =
    [
        "ReduceMax",
        "ReduceMean",
        "ReduceMin",
        "ReduceSum",
        "ReduceSumSquare",
        "ReduceL2",
    ];

    private readonly Dictionary<string, IReadOnlyList<Dimension>> _followed = [];

    /// <returns>Null where not even the rank is known.</returns>
    public IReadOnlyList<Dimension>? Of(string tensor) =>
        _followed.TryGetValue(tensor, out IReadOnlyList<Dimension>? shape) ? shape : edit.SignatureOf(tensor)?.Shape;

    public void Follow(Node node)
    {
        if (node.Domain.Length > 0 || node.Outputs.Count == 0)
            return;
        foreach (string output in node.Outputs.Where(output => output.Length > 0).Take(node.Is("Split") ? int.MaxValue : 1))
        {
            IReadOnlyList<Dimension>? told = edit.SignatureOf(output)?.Shape;
            if (told is null || told.Contains(Dimension.Unknown))
                Take(output, told, ShapeOf(node));
        }
    }

    private void Take(string output, IReadOnlyList<Dimension>? told, IReadOnlyList<Dimension>? followed)
    {
        if (followed is null || (told is not null && told.Count != followed.Count))
            return;
        _followed[output] = told is null
            ? followed
            : [.. told.Zip(followed, (runtime, own) => runtime == Dimension.Unknown ? own : runtime)];
    }

    private IReadOnlyList<Dimension>? ShapeOf(Node node)
    {
        if (node.Is("Range"))
            return Counted(node);
        IReadOnlyList<Dimension>?[] inputs = [.. node.Inputs.Select(input => input.Length > 0 ? Of(input) : null)];
        if (inputs is not [{ } first, ..])
            return null;
        if (KeepShape.Contains(node.OpType))
            return first;
        if (Broadcast.Contains(node.OpType))
            return Broadcasted(inputs);
        if (Reductions.Contains(node.OpType))
            return Reduced(node, first);
        return node.OpType switch
        {
            "Reshape" when node.IntAttribute("allowzero", 0) == 0 => Reshaped(first, node.Inputs[1]),
            "Expand" when valueOf(node.Inputs[1]) is { } target && !target.Elements.Any(to => to.Size < 0) => Broadcasted([
                first,
                [.. target.Elements.Select(to => to.Dimension)],
            ]),
            "MatMul" => Product(inputs),
            "Transpose" => Transposed(node, first),
            "Concat" => Joined(node, inputs),
            "Split" => WithOpen(first, [Axis(node.IntAttribute("axis", 0), first.Count)]),
            "Slice" => Sliced(node, first),
            "Gather" => Gathered(node, first, inputs[1]),
            "Unsqueeze" => Unsqueezed(node, first),
            "Squeeze" => Squeezed(node, first),
            _ => null,
        };
    }

    private static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    /// <summary>Whether all are axes of a tensor of that rank.</summary>
    private static bool Are(IEnumerable<int> axes, int rank) => axes.All(axis => axis >= 0 && axis < rank);

    private static Dimension[]? WithOpen(IReadOnlyList<Dimension> shape, IReadOnlyCollection<int> axes) =>
        Are(axes, shape.Count) ? [.. shape.Select((size, axis) => axes.Contains(axis) ? Dimension.Unknown : size)] : null;

    private static Dimension[]? Broadcasted(IReadOnlyList<Dimension>?[] inputs)
    {
        if (inputs.Contains(null))
            return null;
        int rank = inputs.Max(shape => shape!.Count);
        return
        [
            .. Enumerable
                .Range(1, rank)
                .Select(fromLast => Common([.. inputs.Where(shape => shape!.Count >= fromLast).Select(shape => shape![^fromLast])]))
                .Reverse(),
        ];
    }

    /// <summary>What axes of these sizes have in common: a size beyond 1 decides, and a symbol only where no other size can.</summary>
    private static Dimension Common(Dimension[] sizes)
    {
        Dimension[] others = [.. sizes.Where(size => size.Size != 1).Distinct()];
        return others switch
        {
            [] => 1,
            [var only] => only,
            _ => others.FirstOrDefault(size => size.Size is not null),
        };
    }

    private Dimension[]? Reshaped(IReadOnlyList<Dimension> data, string target)
    {
        if (valueOf(target) is not { IsScalar: false } value)
            return null;
        Dimension[] shape = new Dimension[value.Elements.Count];
        int rest = -1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            ShapeElement element = value.Elements[axis];
            if (element is { Size: 0, Tensor: not null } || (element.Size == 0 && axis >= data.Count))
                return null;
            if (element.Size == -1)
                rest = axis;
            else
                shape[axis] = element.Size == 0 ? data[axis] : element.Dimension;
        }
        if (rest >= 0)
            shape[rest] = Rest(data, [.. shape.Where((_, axis) => axis != rest)]);
        return shape;
    }

    /// <summary>The size of what the other axes leave of the data; symbols must cancel out.</summary>
    private static Dimension Rest(IReadOnlyList<Dimension> data, Dimension[] others)
    {
        List<Dimension> open = [.. data.Where(size => size.Size is null)];
        foreach (Dimension other in others.Where(size => size.Size is null))
        {
            if (other == Dimension.Unknown || !open.Remove(other))
                return Dimension.Unknown;
        }
        BigInteger all = Product(data),
            taken = Product(others);
        if (taken.IsZero || !(all % taken).IsZero)
            return Dimension.Unknown;
        return open switch
        {
            [] when all / taken <= long.MaxValue => (long)(all / taken),
            [var symbol] when all == taken => symbol,
            _ => Dimension.Unknown,
        };
    }

    private static BigInteger Product(IEnumerable<Dimension> sizes) =>
        sizes.Aggregate(BigInteger.One, (product, size) => product * (size.Size ?? 1));

    private static Dimension[]? Product(IReadOnlyList<Dimension>?[] inputs) =>
        inputs is [{ Count: >= 2 } left, { Count: >= 2 } right]
        && Broadcasted([
            [.. left.SkipLast(2)],
            [.. right.SkipLast(2)],
        ])
            is { } batch
            ? [.. batch, left[^2], right[^1]]
            : null;

    private static Dimension[]? Transposed(Node node, IReadOnlyList<Dimension> data)
    {
        int[] order = node.IntsAttribute("perm") is { } perm
            ? [.. perm.Select(axis => (int)axis)]
            : [.. Enumerable.Range(0, data.Count).Reverse()];
        return Are(order, data.Count) ? [.. order.Select(axis => data[axis])] : null;
    }

    private static Dimension[]? Joined(Node node, IReadOnlyList<Dimension>?[] inputs)
    {
        if (inputs.Contains(null) || inputs.Any(shape => shape!.Count != inputs[0]!.Count))
            return null;
        int joined = Axis(node.IntAttribute("axis", 0), inputs[0]!.Count);
        return
        [
            .. inputs[0]!.Select(
                (_, axis) =>
                {
                    Dimension[] sizes = [.. inputs.Select(shape => shape![axis])];
                    if (axis != joined)
                        return sizes.FirstOrDefault(size => size != Dimension.Unknown);
                    return sizes.All(size => size.Size is not null) ? sizes.Sum(size => size.Size!.Value) : Dimension.Unknown;
                }
            ),
        ];
    }

    /// <summary>0, 1, 2, ... below a size: positions.</summary>
    private Dimension[]? Counted(Node node) =>
        Known(node, 0) is [0] && Known(node, 2) is [1] && valueOf(node.Inputs[1]) is { Elements: [{ Size: null or >= 0 } limit] }
            ? [limit.Dimension]
            : null;

    private Dimension[]? Sliced(Node node, IReadOnlyList<Dimension> data)
    {
        bool hasAxes = node.Inputs.Count > 3 && node.Inputs[3].Length > 0,
            hasSteps = node.Inputs.Count > 4 && node.Inputs[4].Length > 0;
        if (!hasAxes || Known(node, 3) is not { } axes || !Are(axes.Select(axis => Axis(axis, data.Count)), data.Count))
            return null;
        long[]? starts = Known(node, 1),
            ends = Known(node, 2);
        bool isEveryOne = !hasSteps || Known(node, 4) is { } steps && steps.All(step => step == 1);
        bool isKnown = isEveryOne && starts?.Length == axes.Length && ends?.Length == axes.Length;
        Dimension[] shape = [.. data];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = Axis(axes[i], data.Count);
            shape[axis] = isKnown && data[axis].Size is { } size ? Length(starts![i], ends![i], size) : Dimension.Unknown;
        }
        return shape;
    }

    private static Dimension Length(long start, long end, long size)
    {
        long from = Math.Clamp(start < 0 ? start + size : start, 0, size);
        return Math.Clamp(end < 0 ? end + size : end, from, size) - from;
    }

    private static Dimension[]? Gathered(Node node, IReadOnlyList<Dimension> data, IReadOnlyList<Dimension>? indices)
    {
        int axis = Axis(node.IntAttribute("axis", 0), data.Count);
        return indices is not null && Are([axis], data.Count) ? [.. data.Take(axis), .. indices, .. data.Skip(axis + 1)] : null;
    }

    private Dimension[]? Reduced(Node node, IReadOnlyList<Dimension> data)
    {
        if (Axes(node, data.Count) is not { Length: > 0 } axes || !Are(axes, data.Count))
            return null;
        bool isKept = node.IntAttribute("keepdims", 1) != 0;
        return [.. data.Select((size, axis) => axes.Contains(axis) ? 1 : size).Where((_, axis) => isKept || !axes.Contains(axis))];
    }

    private Dimension[]? Unsqueezed(Node node, IReadOnlyList<Dimension> data)
    {
        if (Axes(node, data.Count, grows: true) is not { } added || !Are(added, data.Count + added.Length))
            return null;
        Queue<Dimension> rest = new(data);
        return [.. Enumerable.Range(0, data.Count + added.Length).Select(axis => added.Contains(axis) ? 1 : rest.Dequeue())];
    }

    private Dimension[]? Squeezed(Node node, IReadOnlyList<Dimension> data) =>
        Axes(node, data.Count) is { Length: > 0 } gone && Are(gone, data.Count) ? [.. data.Where((_, axis) => !gone.Contains(axis))] : null;

    /// <param name="grows">Whether the axes are those of the result, which has them more.</param>
    private int[]? Axes(Node node, int rank, bool grows = false)
    {
        long[]? axes = ConstantIntegers.AttributeOrInput(node, "axes", 1, edit.Index);
        int of = rank + (grows ? axes?.Length ?? 0 : 0);
        return axes is null ? null : [.. axes.Select(axis => Axis(axis, of)).Distinct()];
    }

    /// <summary>An input of numbers that are all known.</summary>
    private long[]? Known(Node node, int input) =>
        node.Inputs.Count > input && valueOf(node.Inputs[input]) is { } value && value.Elements.All(element => element.Size is not null)
            ? [.. value.Elements.Select(element => element.Size!.Value)]
            : null;
}
