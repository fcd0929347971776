using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>A network in the making, with the sizes of its tensors.</summary>
internal sealed class NetworkSketch(Random random, int opset)
{
    private readonly GraphBuilder _graph = new(opset);
    private int _made;

    public int Opset => opset;

    public Random Random => random;

    public bool IsSmooth { get; set; } = true;

    /// <param name="isOpen">The file leaves the number of samples, and for rank 3 that of positions, open.</param>
    public void Input(string name, IReadOnlyList<long> shape, bool isOpen)
    {
        Dimension[] sizes = [.. shape.Select(size => (Dimension)size)];
        if (isOpen)
        {
            sizes[0] = "batch";
            if (shape.Count == 3)
                sizes[1] = "positions";
        }
        _graph.Input(name, sizes);
    }

    public string NewName(string kind) => $"{kind}{_made++}";

    /// <summary>Random weights that keep the size of the values.</summary>
    public string Weights(params long[] shape)
    {
        double fan = Math.Max(1, shape.Length == 2 ? shape[0] : shape.Skip(1).Aggregate(1L, (product, size) => product * size));
        return Floats(shape, 2.0 / Math.Sqrt(fan), 0);
    }

    /// <summary>Random values around a centre.</summary>
    public string Floats(IReadOnlyList<long> shape, double spread = 1, double centre = 0)
    {
        string name = NewName("c");
        float[] values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(centre + spread * (2 * random.NextDouble() - 1));
        _graph.Constant(name, shape, values);
        return name;
    }

    public string Scalar(float value)
    {
        string name = NewName("s");
        _graph.Constant(name, [], [value]);
        return name;
    }

    public string Longs(params long[] values)
    {
        string name = NewName("i");
        _graph.Constant(name, [values.Length], values.AsSpan());
        return name;
    }

    public string LongScalar(long value)
    {
        string name = NewName("i");
        _graph.Constant(name, [], [value]);
        return name;
    }

    /// <summary>Adds a node with one output.</summary>
    public string Node(string opType, IReadOnlyList<string> inputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        string output = NewName("t");
        _graph.Node(opType, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    public string[] Nodes(string opType, IReadOnlyList<string> inputs, int outputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => NewName("t"))];
        _graph.Node(opType, inputs, names, attributes);
        return names;
    }

    /// <summary>A node that keeps the shape.</summary>
    public SketchTensor Same(
        SketchTensor input,
        string opType,
        IReadOnlyList<string>? more = null,
        params ReadOnlySpan<NodeAttribute> attributes
    ) => input with { Name = Node(opType, [input.Name, .. more ?? []], attributes) };

    /// <summary>A layer whose weights are large enough to become integers.</summary>
    public SketchTensor Layer(SketchTensor input)
    {
        if (input.Shape.Count == 4 && input.Shape[1] >= 8 && input.Shape[2] >= 3 && input.Shape[3] >= 3)
            return Convolution(input);
        long width = input.Shape[^1];
        if (width is < 32 or > 1024)
        {
            input = Reshaped(input, [1, -1]);
            width = input.Shape[1];
            if (width is < 32 or > 4096)
            {
                string tiled = Node("Expand", [Node("ReduceMean", [input.Name], NodeAttribute.Of("keepdims", 1L)), Longs(1, 64)]);
                (input, width) = (new SketchTensor(tiled, [1, 64]), 64);
            }
        }
        const long outputs = 256;
        string product = Node("MatMul", [input.Name, Weights(width, outputs)]);
        return new SketchTensor(Node("Add", [product, Floats([outputs], 0.1)]), [.. input.Shape.SkipLast(1), outputs]);
    }

    public SketchTensor Convolution(SketchTensor input)
    {
        long channels = input.Shape[1],
            outputs = 32;
        string made = Node(
            "Conv",
            [input.Name, Weights(outputs, channels, 3, 3), Floats([outputs], 0.1)],
            NodeAttribute.Of("pads", [1, 1, 1, 1]),
            NodeAttribute.Of("kernel_shape", [3, 3])
        );
        return new SketchTensor(made, [input.Shape[0], outputs, input.Shape[2], input.Shape[3]]);
    }

    public SketchTensor Reshaped(SketchTensor input, IReadOnlyList<long> shape)
    {
        long known = shape.Where(size => size > 0).Aggregate(1L, (product, size) => product * size);
        return new SketchTensor(
            Node("Reshape", [input.Name, Longs([.. shape])]),
            [.. shape.Select(size => size == -1 ? input.Count / known : size)]
        );
    }

    public SketchTensor Transposed(SketchTensor input, long[] order) =>
        new(Node("Transpose", [input.Name], NodeAttribute.Of("perm", order)), [.. order.Select(axis => input.Shape[(int)axis])]);

    public OnnxModel Build(SketchTensor output)
    {
        _graph.Node("Identity", [output.Name], ["y"]);
        return _graph.Output("y").Build();
    }
}
