using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Execution;

public class TensorShapesTests
{
    [Fact]
    public void Every_tensor_of_a_graph_gets_its_type_and_shape_and_symbols_are_kept()
    {
        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.Of(SmallNetworks.ConvRelu());

        Assert.Equal("x: Float[batch,3,8,8]", Described(shapes["x"]));
        Assert.Equal("w: Float[4,3,3,3]", Described(shapes["w"]));
        Assert.Equal("conv: Float[batch,4,6,6]", Described(shapes["conv"]));
        Assert.Equal("relu: Float[batch,4,6,6]", Described(shapes["relu"]));
    }

    [Fact]
    public void A_size_for_a_symbol_reaches_every_tensor()
    {
        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.Of(
            SmallNetworks.ConvRelu(),
            new Dictionary<string, long> { ["batch"] = 2 }
        );

        Assert.Equal("relu: Float[2,4,6,6]", Described(shapes["relu"]));
    }

    [Fact]
    public void The_batch_flavour_sets_named_and_nameless_first_dimensions()
    {
        OnnxModel nameless = new GraphBuilder()
            .Input("x", [Dimension.Unknown, new Dimension(3)])
            .Input("y", ["n", 3])
            .Node("Add", ["x", "y"], ["sum"])
            .Output("sum")
            .Build();

        Assert.Equal("sum: Float[5,3]", Described(TensorShapes.OfBatch(nameless, 5)["sum"]));
        Assert.Equal("relu: Float[1,4,6,6]", Described(TensorShapes.OfBatch(SmallNetworks.ConvRelu())["relu"]));
    }

    [Fact]
    public void Shapes_computed_from_the_input_are_followed()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 2, 3])
            .Constant("zero", [1], [0L])
            .Constant("rest", [1], [-1L])
            .Node("Shape", ["x"], ["shape"])
            .Node("Gather", ["shape", "zero"], ["first"])
            .Node("Concat", ["first", "rest"], ["target"], NodeAttribute.Of("axis", 0))
            .Node("Reshape", ["x", "target"], ["flat"])
            .Output("flat")
            .Build();

        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.OfBatch(model, 4);

        Assert.Equal("flat: Float[4,6]", Described(shapes["flat"]));
        Assert.Equal("shape: Int64[3]", Described(shapes["shape"]));
    }

    [Fact]
    public void An_unknown_rank_is_not_taken_for_a_scalar()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["a", "b"])
            .Input("target", ["rank"], ElementType.Int64)
            .Node("Reshape", ["x", "target"], ["reshaped"])
            .Node("Size", ["x"], ["size"])
            .Output("reshaped")
            .Output("size", type: ElementType.Int64)
            .Build();

        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.Of(model);

        Assert.Null(shapes["reshaped"].Shape);
        Assert.Equal([], shapes["size"].Shape!);
    }

    [Fact]
    public void Sequences_are_undefined_tensors()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [4])
            .Node("SplitToSequence", ["x"], ["parts"])
            .Node("ConcatFromSequence", ["parts"], ["whole"], NodeAttribute.Of("axis", 0))
            .Output("whole")
            .Build();

        Assert.Equal(ElementType.Undefined, TensorShapes.Of(model)["parts"].Type);
    }

    [Fact]
    public void The_model_itself_is_left_as_it_was()
    {
        OnnxModel model = SmallNetworks.ConvRelu();
        byte[] before = OnnxFile.ToBytes(model);

        TensorShapes.OfBatch(model);

        Assert.Equal(before, OnnxFile.ToBytes(model));
    }

    [SharedFolderTheory]
    [InlineData("mobilenetv2-cifar10-bn.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    [InlineData("ultraface-rfb-320.onnx")]
    [InlineData("fastestdet.onnx")]
    [InlineData("kws-mlperf.onnx")]
    public void Real_models_have_no_unknown_dimension_at_batch_one(string name)
    {
        using OnnxModel model = OnnxFile.Read(SharedFolder.Model(name));

        IReadOnlyDictionary<string, TensorSignature> shapes = TensorShapes.OfBatch(model);

        foreach (string output in model.Graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.Length > 0))
        {
            Assert.True(
                shapes[output].Shape is { } shape && shape.All(dimension => dimension.Size is not null),
                $"{output}: {Described(shapes[output])}"
            );
        }
    }

    private static string Described(TensorSignature signature) =>
        $"{signature.Name}: {signature.Type}[{(signature.Shape is null ? "?" : string.Join(',', signature.Shape))}]";
}
