using Quantizer.Graphs.Serialization;

namespace Quantizer.Graphs.Tests;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Shapes_mix_sizes_and_symbols()
    {
        using OnnxModel model = new GraphBuilder().Input("x", ["batch", 3, Dimension.Unknown]).Output("x").Build();

        Assert.Equal([new Dimension(null, "batch"), new Dimension(3), default], model.Graph.Inputs[0].Shape!);
        Assert.Equal(ElementType.Float, model.Graph.Inputs[0].Type);
        Assert.Null(model.Graph.Outputs[0].Shape);
    }

    [Fact]
    public void A_built_model_reads_back_as_it_was_built()
    {
        OnnxModel built = new GraphBuilder(opset: 13)
            .Input("x", ["batch", 3, 8, 8])
            .Constant("w", [1, 3, 1, 1], [1f, 2f, 3f])
            .Constant("shape", [2], [0L, -1L])
            .Node("Conv", ["x", "w"], ["h"], NodeAttribute.Of("kernel_shape", [1L, 1L]), NodeAttribute.Of("group", 1))
            .Node("Reshape", ["h", "shape"], ["y"])
            .ValueInfo("h", ["batch", 1, 8, 8])
            .Output("y", ["batch", 64])
            .Build();

        using OnnxModel read = OnnxFile.Parse(OnnxFile.ToBytes(built), "built");

        Assert.Equal(GraphPrinter.Print(built.Graph), GraphPrinter.Print(read.Graph));
        Assert.Equal(13, read.Opset);
        Assert.Equal("Conv_h", read.Graph.Nodes[0].Name);
        Assert.Equal("h: Float[batch,1,8,8]", Assert.Single(read.Graph.ValueInfos).ToString());
    }

    // The IR version that ONNX released with each operator set (onnx: docs/Versioning.md).
    [Theory]
    [InlineData(7, 4)]
    [InlineData(9, 4)]
    [InlineData(10, 5)]
    [InlineData(11, 6)]
    [InlineData(12, 7)]
    [InlineData(14, 7)]
    [InlineData(15, 8)]
    [InlineData(18, 8)]
    [InlineData(19, 9)]
    [InlineData(21, 10)]
    [InlineData(23, 11)]
    [InlineData(24, 12)]
    [InlineData(25, 13)]
    public void The_ir_version_fits_the_operator_set(int opset, long expected) =>
        Assert.Equal(expected, new GraphBuilder(opset).Build().IrVersion);
}
