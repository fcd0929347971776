using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public sealed class BatchNormalizationProbeTests
{
    [Fact]
    public void The_first_normalization_behind_transpose_and_convolution_is_tapped_at_its_input()
    {
        Graph graph = Graph(
            [
                new Node("Transpose", ["x"], ["planar"]) { Attributes = [NodeAttribute.Of("perm", (long[])[0, 3, 1, 2])] },
                new Node("Conv", ["planar", "w"], ["conv"]),
                Normalization("conv", "bn", name: "stem/bn"),
                new Node("Relu", ["bn"], ["y"]),
            ],
            inputShape: [1, 1, 2, 1]
        );

        using BatchNormalizationProbe probe = BatchNormalizationProbe.TryCreate(Model(graph), "x")!;

        Assert.Equal("stem/bn", probe.Node);
        Assert.Equal([3f, 4f, 5f, 6f], probe.Mean.Concat(probe.Variance));
        TensorValue seen = probe.Run(TensorValue.FromFloats([1, 1, 2, 1], [1, 10]));
        Assert.Equal([1, 2, 1, 2], seen.Shape);
        Assert.Equal([2f, 20, -1, -10], seen.Floats.ToArray());
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void One_behind_many_layers_says_nothing_of_the_pictures(int layers, bool isTapped)
    {
        List<Node> nodes = [new("Conv", ["x", "w"], ["c1"])];
        for (int layer = 2; layer <= layers; layer++)
            nodes.Add(new Node("Conv", [$"c{layer - 1}", "square"], [$"c{layer}"]));
        Graph graph = Graph([.. nodes, Normalization($"c{layers}", "y")], inputShape: [1, 1, 1, 1]);
        graph.Initializers.Add(Tensor.FromFloats("square", [2, 2, 1, 1], [1, 0, 0, 1]));

        using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(Model(graph), "x");

        Assert.Equal(isTapped, probe is not null);
    }

    [Fact]
    public void A_normalization_of_the_input_itself_serves_as_well()
    {
        Graph graph = Graph([Normalization("x", "y")], inputShape: [1, 2, 1, 1]);

        using BatchNormalizationProbe probe = BatchNormalizationProbe.TryCreate(Model(graph), "x")!;

        Assert.Equal([7f, 8], probe.Run(TensorValue.FromFloats([1, 2, 1, 1], [7, 8])).Floats.ToArray());
    }

    [Fact]
    public void Statistics_may_be_constant_nodes_copies_or_initializers_that_are_inputs_too()
    {
        Graph graph = Graph(
            [
                new Node("Constant", [], ["m"]) { Attributes = [NodeAttribute.Of("value", Tensor.FromFloats("", [2], [1, 2]))] },
                new Node("Identity", ["variance"], ["v"]),
                new Node("Conv", ["x", "w"], ["conv"]),
                Normalization("conv", "y", mean: "m", variance: "v"),
            ],
            inputShape: [1, 1, 1, 1]
        );
        graph.Inputs.Add(new ValueInfo("variance", ElementType.Float, [new Dimension(2)]));

        using BatchNormalizationProbe probe = BatchNormalizationProbe.TryCreate(Model(graph), "x")!;

        Assert.Equal([1f, 2f, 5f, 6f], probe.Mean.Concat(probe.Variance));
    }

    [Fact]
    public void Without_constant_statistics_on_the_pictures_way_there_is_no_probe()
    {
        Node training = Normalization("conv", "y");
        training.Set(NodeAttribute.Of("training_mode", 1));
        Graph trained = Graph([new Node("Conv", ["x", "w"], ["conv"]), training], inputShape: [1, 1, 1, 1]);
        Graph folded = Graph([new Node("Conv", ["x", "w"], ["y"])], inputShape: [1, 1, 1, 1]);
        Graph aside = Graph([Normalization("scale", "side"), new Node("Conv", ["x", "w"], ["y"])], inputShape: [1, 1, 1, 1]);
        Graph computed = Graph(
            [new Node("Relu", ["mean"], ["m"]), new Node("Conv", ["x", "w"], ["conv"]), Normalization("conv", "y", mean: "m")],
            inputShape: [1, 1, 1, 1]
        );

        Assert.All([trained, folded, aside, computed], graph => Assert.Null(BatchNormalizationProbe.TryCreate(Model(graph), "x")));
    }

    [Fact]
    public void The_model_is_left_as_it_was()
    {
        Graph graph = Graph([new Node("Conv", ["x", "w"], ["conv"]), Normalization("conv", "y")], inputShape: [1, 1, 1, 1]);
        OnnxModel model = Model(graph);

        BatchNormalizationProbe.TryCreate(model, "x")!.Dispose();

        Assert.Equal((2, 5, "y"), (model.Graph.Nodes.Count, model.Graph.Initializers.Count, Assert.Single(model.Graph.Outputs).Name));
    }

    private static Node Normalization(string input, string output, string name = "", string mean = "mean", string variance = "variance") =>
        new("BatchNormalization", [input, "scale", "bias", mean, variance], [output], name);

    private static OnnxModel Model(Graph graph) => new(graph) { IrVersion = 8, OperatorSets = [new OperatorSet("", 15)] };

    private static Graph Graph(List<Node> nodes, long[] inputShape) =>
        new()
        {
            Name = "g",
            Nodes = nodes,
            Inputs = [new ValueInfo("x", ElementType.Float, [.. inputShape.Select(size => new Dimension(size))])],
            Outputs = [new ValueInfo("y", ElementType.Float, null)],
            Initializers =
            [
                Tensor.FromFloats("w", [2, 1, 1, 1], [2, -1]),
                Tensor.FromFloats("scale", [2], [1, 1]),
                Tensor.FromFloats("bias", [2], [0, 0]),
                Tensor.FromFloats("mean", [2], [3, 4]),
                Tensor.FromFloats("variance", [2], [5, 6]),
            ],
        };
}
