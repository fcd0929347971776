using System.Globalization;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization;

public sealed class SymbolicShapesTests
{
    private const int N = 2,
        T = 3;

    /// <summary>A node on r [N, T, 2, 4], of whose shape ONNX Runtime knows the rank only: it comes from a computed target. s is [N, T] in
    /// an int64, h [N, T, 8].</summary>
    [Theory]
    [InlineData("Sqrt r", "N,T,2,4")]
    [InlineData("Softmax r", "N,T,2,4")]
    [InlineData("Add r one", "N,T,2,4")]
    [InlineData("Mul r pair", "N,T,2,4")]
    [InlineData("Mul row r", "N,T,2,4")]
    [InlineData("Transpose r perm=0,2,3,1", "N,2,4,T")]
    [InlineData("Transpose r", "4,2,T,N")]
    [InlineData("MatMul r four", "N,T,2,5")]
    [InlineData("MatMul t r", "N,T,4,4")]
    [InlineData("Concat r r axis=-1", "N,T,2,8")]
    [InlineData("Concat r r axis=1", "N,?,2,4")]
    [InlineData("Slice r zero1 one1 last1", "N,T,2,1")]
    [InlineData("Slice r one1 end1 last1", "N,T,2,3")]
    [InlineData("Slice r zero1 one1 one1", "N,?,2,4")]
    [InlineData("Gather r index axis=2", "N,T,4")]
    [InlineData("Gather r indices axis=3", "N,T,2,3")]
    [InlineData("ReduceMean r axes=-1", "N,T,2,1")]
    [InlineData("ReduceMean r axes=1,2 keepdims=0", "N,4")]
    [InlineData("Unsqueeze r one1", "N,1,T,2,4")]
    [InlineData("Unsqueeze r last1", "N,T,2,4,1")]
    [InlineData("Squeeze u one1", "N,T,2,4")]
    [InlineData("Reshape r back", "N,T,8")]
    [InlineData("Reshape r kept", "N,T,8")]
    [InlineData("Reshape r flat", "?,4")]
    [InlineData("Reshape r rows", "N,?")]
    [InlineData("Expand one s2", "N,T")]
    public void Shapes_are_followed_in_symbols_as_ONNX_Runtime_finds_them(string node, string expected)
    {
        GraphBuilder builder = new GraphBuilder(opset: 13).Input("x", ["N", "T", 8]);
        Behind(builder);
        string[] words = node.Split(' ');
        builder.Node(
            words[0],
            [.. words.Skip(1).Where(word => !word.Contains('='))],
            ["y"],
            [.. words.Where(word => word.Contains('=')).Select(Attribute)]
        );
        OnnxModel model = builder.Output("y").Build();

        IReadOnlyList<Dimension> shape = Followed(model, "y")!;

        Assert.Equal(expected, string.Join(",", shape));
        Assert.All(shape.Zip(Found(model)), pair => Assert.Contains(Size(pair.First), new long?[] { null, pair.Second }));
    }

    [Fact]
    public void Positions_are_as_many_as_the_size_they_count_to()
    {
        OnnxModel model = new GraphBuilder(opset: 13)
            .Input("x", ["N", "T", 8])
            .Constant("zero", [], [0L])
            .Constant("one", [], [1L])
            .Node("Shape", ["x"], ["shape"])
            .Node("Gather", ["shape", "one"], ["length"], NodeAttribute.Of("axis", 0L))
            .Node("Range", ["zero", "length", "one"], ["positions"])
            .Node("Cast", ["positions"], ["y"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Output("y")
            .Build();

        Assert.Equal("T", string.Join(",", Followed(model, "y")!));
    }

    /// <summary>Deeper than rounds could reach, when each made but the next layer's sizes known.</summary>
    [Fact]
    public void Sizes_of_a_deep_network_are_followed_in_one_round()
    {
        GraphBuilder builder = new GraphBuilder(opset: 13).Input("x", ["N", "T", 8]).Constant("w", [8, 8], NormalizedGraph.Values(64));
        string last = "x";
        for (int layer = 0; layer < 40; layer++)
            last = Layer(builder, last, $"{layer}");

        NormalizedModel normalized = NormalizedGraph.Of(builder.Output(last).Build());

        Assert.DoesNotContain(normalized.Graph.Nodes, node => node.OpType is "Shape" or "Gather" or "Div");
        Assert.Single(normalized.Notes, note => note.Pass == "follow sizes");
    }

    /// <summary>Heads apart and together again, as exporters write them.</summary>
    private static string Layer(GraphBuilder builder, string input, string name)
    {
        Sizes(builder, input, name);
        builder
            .Constant($"{name} two", [1], [2L])
            .Node("Div", [$"{name} width", $"{name} two"], [$"{name} half"])
            .Node("Concat", [$"{name} lead", $"{name} two", $"{name} half"], [$"{name} apart"], NodeAttribute.Of("axis", 0L))
            .Node("Concat", [$"{name} lead", $"{name} width"], [$"{name} together"], NodeAttribute.Of("axis", 0L))
            .Node("MatMul", [input, "w"], [$"{name} product"])
            .Node("Reshape", [$"{name} product", $"{name} apart"], [$"{name} heads"])
            .Node("Transpose", [$"{name} heads"], [$"{name} turned"], NodeAttribute.Of("perm", [0, 2, 1, 3]))
            .Node("Softmax", [$"{name} turned"], [$"{name} soft"])
            .Node("Transpose", [$"{name} soft"], [$"{name} back"], NodeAttribute.Of("perm", [0, 2, 1, 3]))
            .Node("Reshape", [$"{name} back", $"{name} together"], [$"{name} joined"])
            .Node("Add", [input, $"{name} joined"], [$"{name} out"]);
        return $"{name} out";
    }

    private static void Sizes(GraphBuilder builder, string input, string name) =>
        builder
            .Constant($"{name} first", [2], [0L, 1L])
            .Constant($"{name} third", [1], [2L])
            .Node("Shape", [input], [$"{name} shape"])
            .Node("Gather", [$"{name} shape", $"{name} first"], [$"{name} lead"], NodeAttribute.Of("axis", 0L))
            .Node("Gather", [$"{name} shape", $"{name} third"], [$"{name} width"], NodeAttribute.Of("axis", 0L));

    private static void Behind(GraphBuilder builder)
    {
        Sizes(builder, "x", "x");
        NodeAttribute axis = NodeAttribute.Of("axis", 0L);
        builder
            .Constant("heads", [2], [2L, 4L])
            .Constant("wide", [1], [8L])
            .Constant("zero1", [1], [0L])
            .Constant("one1", [1], [1L])
            .Constant("last1", [1], [-1L])
            .Constant("end1", [1], [long.MaxValue])
            .Constant("index", [], [1L])
            .Constant("indices", [3], [0L, 2L, 3L])
            .Constant("one", [1], [1f])
            .Constant("pair", [2, 1], [1f, 2f])
            .Constant("row", [4], [1f, 2f, 3f, 4f])
            .Constant("four", [4, 5], NormalizedGraph.Values(20))
            .Constant("kept", [3], [0L, 0L, -1L])
            .Constant("flat", [2], [-1L, 4L])
            .Constant("rows", [2], [0L, -1L])
            .Node("Concat", ["x lead", "heads"], ["target"], axis)
            .Node("Concat", ["x lead", "wide"], ["back"], axis)
            .Node("Identity", ["x lead"], ["s2"])
            .Node("Reshape", ["x", "target"], ["r"])
            .Node("Transpose", ["r"], ["t"], NodeAttribute.Of("perm", [0, 1, 3, 2]))
            .Node("Unsqueeze", ["r", "one1"], ["u"]);
    }

    private static NodeAttribute Attribute(string word)
    {
        string[] parts = word.Split('=');
        long[] values = [.. parts[1].Split(',').Select(value => long.Parse(value, CultureInfo.InvariantCulture))];
        return parts[0] is "perm" or "axes" ? NodeAttribute.Of(parts[0], values) : NodeAttribute.Of(parts[0], values[0]);
    }

    private static IReadOnlyList<Dimension>? Followed(OnnxModel model, string tensor)
    {
        GraphEdit edit = new(ModelCopy.Of(model));
        ShapeEvaluation values = new(edit);
        foreach (Node node in edit.Graph.Nodes)
            values.Follow(node);
        return values.ShapeOf(tensor);
    }

    private static long? Size(Dimension dimension) =>
        dimension.Symbol switch
        {
            "N" => N,
            "T" => T,
            _ => dimension.Size,
        };

    private static IReadOnlyList<long> Found(OnnxModel model)
    {
        using InferenceModel session = InferenceModel.Load(model);
        TensorValue input = TensorValue.FromFloats([N, T, 8], NormalizedGraph.Values(N * T * 8));
        return session.Run(new Dictionary<string, TensorValue> { ["x"] = input })["y"].Shape;
    }
}
