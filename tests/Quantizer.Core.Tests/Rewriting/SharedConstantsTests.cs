using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Rewriting;

public class SharedConstantsTests
{
    private const int Words = 256,
        Width = 256;

    private static readonly float[] Table = Layers.Weights(Words * Width, 8, "table");

    private static readonly PlacementOptions Dynamic = PlacementOptions.Default with { Activations = ActivationMode.Dynamic };
    private static readonly PlacementOptions Stored = PlacementOptions.Default with { Activations = ActivationMode.None };

    [Fact]
    public void A_projection_that_is_the_embedding_transposed_is_made_of_it()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Tied(Transposed(Table)), Dynamic);

        Tensor table = Assert.Single(
            network.Model.Graph.Initializers,
            tensor => tensor.Type == ElementType.Int8 && tensor.ElementCount > 1
        );
        Assert.Equal([Words, Width], table.Dimensions);
        Assert.Equal("ArgMax DynamicQuantizeMatMul Gather", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_projection_in_float_is_made_of_the_embedding_as_well()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Tied(Transposed(Table)), Stored);

        Assert.Single(network.Model.Graph.Initializers, tensor => tensor.Type == ElementType.Int8);
        Assert.Equal("ArgMax Gather MatMul", network.Kernels);
        network.AssertClose(40);
    }

    [Fact]
    public void A_projection_that_differs_in_one_value_is_written_too()
    {
        float[] projection = Transposed(Table);
        projection[77] += 1;

        QuantizedNetwork network = QuantizedNetwork.Of(Tied(projection), Stored);

        Assert.Equal(2, network.Model.Graph.Initializers.Count(tensor => tensor.Type == ElementType.Int8));
        Assert.DoesNotContain(network.Model.Graph.Nodes, node => node.OpType == "Transpose");
    }

    [Theory]
    [InlineData(ActivationMode.None, "MatMul*3")]
    [InlineData(ActivationMode.Dynamic, "DynamicQuantizeMatMul*3")]
    [InlineData(ActivationMode.Static, "MatMulIntegerToFloat QLinearMatMul*2 QuantizeLinear")]
    public void Equal_weights_of_cells_unrolled_over_time_are_written_once(ActivationMode activations, string kernels)
    {
        float[] weights = Layers.Weights(Width * Width, 8, "cell");
        GraphBuilder graph = new GraphBuilder().Input("x", [1, 8, Width]);
        foreach ((string read, string made) in new[] { ("x", "a"), ("a", "b"), ("b", "c") })
            graph.Constant($"{made}_w", [Width, Width], weights).Node("MatMul", [read, $"{made}_w"], [made]);

        QuantizedNetwork network = QuantizedNetwork.Of(
            graph.Output("c").Build(),
            PlacementOptions.Default with
            {
                Activations = activations,
            }
        );

        Assert.Single(network.Model.Graph.Initializers, tensor => tensor.ElementCount == Width * Width);
        Assert.Equal(kernels, network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(25);
    }

    [Fact]
    public void A_constant_that_the_model_gives_out_keeps_its_name()
    {
        float[] weights = Layers.Weights(Width * Width, 8, "given");
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [8, Width])
                .Constant("a", [Width, Width], weights)
                .Constant("b", [Width, Width], weights)
                .Node("Sub", ["x", "c"], ["d"])
                .Constant("c", [8, Width], weights.AsSpan(0, 8 * Width))
                .Node("Gemm", ["d", "a"], ["y"])
                .Output("y")
                .Output("b")
                .Build(),
            Stored
        );

        Assert.Equal(ElementType.Float, network.Constant("b").Type);
        network.AssertClose(40);
    }

    /// <summary>Looks rows up, and multiplies by the projection.</summary>
    private static OnnxModel Tied(float[] projection) =>
        new GraphBuilder()
            .Input("x", [1, 8, Words])
            .Constant("table", [Words, Width], Table)
            .Constant("projection", [Width, Words], projection)
            .Node("ArgMax", ["x"], ["rows"], NodeAttribute.Of("axis", 2), NodeAttribute.Of("keepdims", 0))
            .Node("Gather", ["table", "rows"], ["e"])
            .Node("MatMul", ["e", "projection"], ["y"])
            .Output("y")
            .Build();

    private static float[] Transposed(float[] table) =>
        [.. Enumerable.Range(0, table.Length).Select(at => table[at % Words * Width + at / Words])];
}
