using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public class ContainersTests
{
    private static readonly Dictionary<string, TensorValue> TwoRows = new()
    {
        ["x"] = TensorValue.FromFloats([2, 3], [0.1f, 0.2f, 0.7f, 0.5f, 0.4f, 0.1f]),
    };

    [Fact]
    public void Maps_from_classes_are_rows_in_the_order_of_the_keys()
    {
        using InferenceModel model = InferenceModel.Load(Mapped());

        TensorValue found = model.Run(TwoRows)["mapped"];

        Assert.Equal(ElementType.Float, Assert.Single(model.Outputs).Type);
        Assert.False(model.IsTensor("mapped"));
        Assert.Equal([2, 3], found.Shape);
        Assert.Equal([0.2f, 0.7f, 0.1f, 0.4f, 0.1f, 0.5f], found.Floats.ToArray());
    }

    [Fact]
    public void What_is_shown_where_it_lies_is_a_tensor()
    {
        using InferenceModel model = InferenceModel.Load(Mapped());

        model.Visit(TwoRows, ["mapped"], (name, _, _, _) => Assert.Fail($"'{name}' is none."));
    }

    [Fact]
    public void Repeated_runs_show_them_too()
    {
        using InferenceModel model = InferenceModel.Load(Mapped());
        using BoundRun bound = new(model, TwoRows, ["mapped"]);
        List<long[]> shapes = [];

        for (int run = 0; run < 2; run++)
        {
            bound.Run();
            bound.Visit((_, _, shape, _) => shapes.Add([.. shape]));
        }

        Assert.Equal(2, shapes.Count);
        Assert.All(shapes, shape => Assert.Equal([2, 3], shape));
    }

    [Theory]
    [InlineData("x", new long[] { 2, 2, 3 })]
    [InlineData("sum", new long[] { 9 })]
    public void A_sequence_has_a_row_for_each_tensor_where_they_are_alike(string second, long[] shape)
    {
        using InferenceModel model = InferenceModel.Load(
            new GraphBuilder()
                .Input("x", [2, 3])
                .Node("ReduceSum", ["x", "axes"], ["sum"])
                .Constant("axes", [1], [0L])
                .Node("SequenceConstruct", ["x", second], ["all"])
                .Output("all", type: ElementType.Undefined)
                .Build()
        );

        TensorValue found = model.Run(TwoRows)["all"];

        Assert.Equal(shape, found.Shape);
        Assert.Equal(TwoRows["x"].Floats.ToArray(), found.Floats[..6].ToArray());
    }

    [Fact]
    public void Texts_are_whole_numbers_that_are_equal_where_the_texts_are()
    {
        Node labels = new("LabelEncoder", ["class"], ["label"]) { Domain = "ai.onnx.ml" };
        labels.Set(NodeAttribute.Of("keys_int64s", [0L, 1, 2]));
        labels.Set(
            new NodeAttribute("values_strings", new AttributeValue.StringList(["cat"u8.ToArray(), "dog"u8.ToArray(), "cat"u8.ToArray()]))
        );
        OnnxModel texts = new GraphBuilder()
            .Input("class", [4], ElementType.Int64)
            .Node(labels)
            .Output("label", type: ElementType.String)
            .Build();
        texts.OperatorSets.Add(new OperatorSet("ai.onnx.ml", 2));
        using InferenceModel model = InferenceModel.Load(texts);
        byte[] classes = MemoryMarshal.AsBytes<long>([0, 1, 2, 1]).ToArray();

        TensorValue found = model.Run(new Dictionary<string, TensorValue> { ["class"] = new(ElementType.Int64, [4], classes) })["label"];

        long[] numbers = MemoryMarshal.Cast<byte, long>(found.Data.Span).ToArray();
        Assert.Equal((ElementType.Int64, ElementType.String), (found.Type, model.Outputs[0].Type));
        Assert.Equal((numbers[0], numbers[1]), (numbers[2], numbers[3]));
        Assert.NotEqual(numbers[0], numbers[1]);
        Assert.All(numbers, number => Assert.Equal(number, (long)(float)number));
    }

    [Fact]
    public void What_places_quantization_sees_no_tensor_in_them()
    {
        IReadOnlyDictionary<string, TensorSignature> signatures = TensorShapes.Of(Mapped());

        Assert.Equal((ElementType.Float, ElementType.Undefined), (signatures["x"].Type, signatures["mapped"].Type));
    }

    private static OnnxModel Mapped()
    {
        Node map = new("ZipMap", ["x"], ["mapped"]) { Domain = "ai.onnx.ml" };
        map.Set(
            new NodeAttribute(
                "classlabels_strings",
                new AttributeValue.StringList(["dog"u8.ToArray(), "ant"u8.ToArray(), "cat"u8.ToArray()])
            )
        );
        OnnxModel model = new GraphBuilder().Input("x", [2, 3]).Node(map).Output("mapped", type: ElementType.Undefined).Build();
        model.OperatorSets.Add(new OperatorSet("ai.onnx.ml", 1));
        return model;
    }
}
