using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Weights inside the bodies of If, Loop and Scan.</summary>
public class BodyTests
{
    private const int Width = 64;

    private static readonly PlacementOptions Stored = PlacementOptions.Default with { Activations = ActivationMode.None };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Weights_inside_both_branches_are_stored(bool areInitializers)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Branching(Branch("p", 1, areInitializers), Branch("q", 2, areInitializers)), Stored);

        Assert.Equal(2, network.Constants.Count(tensor => tensor.Type == ElementType.Int8));
        Assert.Equal(
            [("If", NodeForm.Float), ("MatMul", NodeForm.Stored), ("MatMul", NodeForm.Stored)],
            network.Sites.Nodes.Where(node => node.OpType is "If" or "MatMul").Select(node => (node.OpType, node.Form))
        );
        network.AssertNoFindings();
        network.AssertClose(40);
    }

    [Fact]
    public void Weights_that_are_turned_back_when_the_file_is_loaded_cost_a_body_nothing()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Branching(Branch("p", 1), Branch("q", 2)), Stored);

        Assert.Equal("Greater If ReduceMax", network.Kernels);
        Assert.Equal("MatMul*2", network.BodyKernels);
    }

    [Fact]
    public void Equal_weights_of_both_branches_are_written_once()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Branching(Branch("p", 1), Branch("q", 1)), Stored);

        Assert.Single(network.Constants, tensor => tensor.Type == ElementType.Int8);
        network.AssertClose(40);
    }

    [Fact]
    public void Weights_that_a_body_arranges_are_arranged_beforehand()
    {
        Graph arranging = new GraphBuilder()
            .Constant("left", [Width, Width / 2], Weights(Width * Width / 2, 3))
            .Constant("right", [Width, Width / 2], Weights(Width * Width / 2, 4))
            .Node("Concat", ["right", "left"], ["joined"], NodeAttribute.Of("axis", 1))
            .Node("MatMul", ["x", "joined"], ["r"])
            .Output("r")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(arranging, Branch("q", 2)), Stored);

        Assert.Equal("MatMul*2", network.BodyKernels);
        Assert.Equal(
            [(Width, Width), (Width, Width)],
            network
                .Constants.Where(tensor => tensor.Type == ElementType.Int8)
                .Select(tensor => ((int)tensor.Dimensions[0], (int)tensor.Dimensions[1]))
        );
        network.AssertClose(40);
    }

    [Fact]
    public void A_body_inside_a_body_reads_the_weights_of_both()
    {
        Graph outer = new GraphBuilder()
            .Constant("w", [Width, Width], Weights(Width * Width, 5))
            .Node("MatMul", ["x", "w"], ["h"])
            .Node(
                "If",
                ["large"],
                ["r"],
                NodeAttribute.Of("then_branch", Reading("h", "w", "s")),
                NodeAttribute.Of("else_branch", Branch("t", 6, input: "h"))
            )
            .Output("r")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(outer, Branch("q", 2)), Stored);

        Assert.Equal(3, network.Constants.Count(tensor => tensor.Type == ElementType.Int8));
        network.AssertClose(38);
    }

    [Fact]
    public void The_weights_of_a_loop_are_stored()
    {
        Graph body = new GraphBuilder()
            .Input("step", [], ElementType.Int64)
            .Input("go", [], ElementType.Bool)
            .Input("carried", [1, Width])
            .Constant("w", [Width, Width], Weights(Width * Width, 7))
            .Node("Identity", ["go"], ["stays"])
            .Node("MatMul", ["carried", "w"], ["product"])
            .Node("Tanh", ["product"], ["next"])
            .Output("stays", [], ElementType.Bool)
            .Output("next", [1, Width])
            .BuildGraph();
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, Width])
                .Constant("times", [], [3L])
                .Node("Loop", ["times", "", "x"], ["y"], NodeAttribute.Of("body", body))
                .Output("y")
                .Build(),
            Stored
        );

        Assert.Single(network.Constants, tensor => tensor.Type == ElementType.Int8);
        Assert.Equal("Identity MatMul Tanh", network.BodyKernels);
        network.AssertClose(35);
    }

    /// <summary>As PyTorch writes an EmbeddingBag: one repetition for each bag.</summary>
    [Fact]
    public void The_table_of_a_loop_that_only_collects_is_stored_unasked()
    {
        Graph body = new GraphBuilder()
            .Input("step", [], ElementType.Int64)
            .Input("go", [], ElementType.Bool)
            .Constant("table", [8 * Width, Width], Weights(8 * Width * Width, 7))
            .Node("Identity", ["go"], ["stays"])
            .Node("Gather", ["rows", "step"], ["bag"])
            .Node("Gather", ["table", "bag"], ["members"])
            .Node("ReduceMean", ["members"], ["mean"], NodeAttribute.Of("axes", [0L]), NodeAttribute.Of("keepdims", 0L))
            .Output("stays", [], ElementType.Bool)
            .Output("mean", [Width])
            .BuildGraph();
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [3, 4, Width])
                .Constant("times", [], [3L])
                .Node("ArgMax", ["x"], ["rows"], NodeAttribute.Of("axis", 2L), NodeAttribute.Of("keepdims", 0L))
                .Node("Loop", ["times", ""], ["y"], NodeAttribute.Of("body", body))
                .Output("y")
                .Build()
        );

        Assert.Equal([8 * Width, Width], Assert.Single(network.Constants, tensor => tensor.Type == ElementType.Int8).Dimensions);
        network.AssertClose(40);
    }

    [Fact]
    public void Small_constants_and_what_a_branch_gives_out_stay_where_they_are()
    {
        Graph giving = new GraphBuilder()
            .Constant("given", [1, Width * 8], Weights(Width * 8, 8))
            .Node("Identity", ["given"], ["copy"])
            .Output("given")
            .BuildGraph();
        Graph adding = new GraphBuilder()
            .Constant("w", [Width, Width * 8], Weights(Width * Width * 8, 9))
            .Constant("one", [1], [1f])
            .Node("MatMul", ["x", "w"], ["m"])
            .Node("Add", ["m", "one"], ["r"])
            .Output("r")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(giving, adding), Stored);

        Assert.Equal(
            ["given", "one", "w_1_scale"],
            network
                .Constants.Except(network.Model.Graph.Initializers)
                .Where(tensor => tensor.Type == ElementType.Float)
                .Select(tensor => tensor.Name)
        );
        network.AssertClose(35);
    }

    [Theory]
    [InlineData(false, ElementType.Int8)]
    [InlineData(true, ElementType.Float)]
    public void Where_nothing_is_asked_for_large_weights_are_stored_unless_the_network_repeats_what_it_computes(
        bool isRecurrent,
        ElementType expected
    )
    {
        Graph branch = new GraphBuilder()
            .Constant("w", [Width, 1, 17, 17], Weights(Width * 17 * 17, 3))
            .Constant("shape", [4], [1L, 1, 8, 8])
            .Node("Reshape", ["x", "shape"], ["image"])
            .Node("Conv", ["image", "w"], ["m"], NodeAttribute.Of("pads", [8L, 8, 8, 8]))
            .Node("ReduceMax", ["m"], ["r"], NodeAttribute.Of("axes", [2L, 3]), NodeAttribute.Of("keepdims", 0))
            .Output("r")
            .BuildGraph();
        Graph recurrent = new GraphBuilder()
            .Constant("rw", [1, Width, Width], Weights(Width * Width, 4))
            .Constant("rr", [1, Width, Width], Weights(Width * Width, 5))
            .Constant("axes", [1], [0L])
            .Constant("flat", [2], [1L, Width])
            .Node("Unsqueeze", ["x", "axes"], ["sequence"])
            .Node("RNN", ["sequence", "rw", "rr"], ["steps"], NodeAttribute.Of("hidden_size", (long)Width))
            .Node("Reshape", ["steps", "flat"], ["r"])
            .Output("r")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(branch, isRecurrent ? recurrent : Branch("q", 2)));

        Assert.Equal(expected, Assert.Single(network.Constants, tensor => tensor.ElementCount == Width * 17 * 17).Type);
        network.AssertClose(35);
    }

    [Theory]
    [InlineData("Pow", ElementType.Float)]
    [InlineData("Add", ElementType.Int8)]
    public void A_transform_whose_results_are_squared_keeps_its_waves(string behind, ElementType expected)
    {
        Graph branch = new GraphBuilder()
            .Constant("w", [32, Width, 1], Weights(32 * Width, 3))
            .Constant("two", [], [2f])
            .Constant("shape", [3], [1L, Width, 1])
            .Constant("starts", [1], [0L])
            .Constant("ends", [1], [16L])
            .Constant("axes", [1], [1L])
            .Node("Reshape", ["x", "shape"], ["signal"])
            .Node("Conv", ["signal", "w"], ["waves"])
            .Node("Slice", ["waves", "starts", "ends", "axes"], ["real"])
            .Node(behind, ["real", "two"], ["r"])
            .Output("r")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(branch, branch), Stored);

        Assert.Equal([expected], network.Constants.Where(tensor => tensor.ElementCount == 32 * Width).Select(tensor => tensor.Type));
    }

    private static OnnxModel Branching(Graph then, Graph otherwise) =>
        new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("bound", [], [0.97f])
            .Node("ReduceMax", ["x"], ["peak"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["peak", "bound"], ["large"])
            .Node("If", ["large"], ["y"], NodeAttribute.Of("then_branch", then), NodeAttribute.Of("else_branch", otherwise))
            .Output("y")
            .Build();

    private static Graph Branch(string name, int seed, bool isInitializer = true, string input = "x")
    {
        Tensor weights = Tensor.FromFloats($"{name}_w", [Width, Width], Weights(Width * Width, seed));
        GraphBuilder graph = new();
        if (isInitializer)
            graph.Constant(weights);
        else
            graph.Node("Constant", [], [weights.Name], NodeAttribute.Of("value", weights));
        return graph.Node("MatMul", [input, weights.Name], [name]).Output(name).BuildGraph();
    }

    private static Graph Reading(string input, string weights, string output) =>
        new GraphBuilder().Node("MatMul", [input, weights], [output]).Output(output).BuildGraph();

    private static float[] Weights(int count, int seed) => Layers.Weights(count, Width, $"body {seed}");
}
