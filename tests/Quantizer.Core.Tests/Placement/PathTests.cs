using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Placement;

/// <summary>Unweighted nodes run on integers only between weighted ones that do.</summary>
public class PathTests
{
    [Fact]
    public void What_comes_before_the_first_and_behind_the_last_integer_node_stays_in_float()
    {
        QuantizationSites sites = Placed.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Node("Sigmoid", ["x"], ["before"])
                .Conv("first", "before", 16, 16)
                .Node("Sigmoid", ["first"], ["between"])
                .Conv("last", "between", 16, 16)
                .Node("Sigmoid", ["last"], ["behind"])
                .Output("behind")
        );

        Assert.Equal(["Conv_first", "Sigmoid_between", "Conv_last"], sites.IntegerNodes());
        Assert.Equal("no integer node comes before it", sites.ReasonOf("Sigmoid_before"));
        Assert.Equal("no integer node comes behind it, so float keeps more precision at no cost", sites.ReasonOf("Sigmoid_behind"));
        Assert.Equal(["before", "first", "between", "last"], sites.Observed);
    }

    /// <summary>A layer computes new values: the numbers of what it reads are its own.</summary>
    [Fact]
    public void Only_what_moves_into_a_Concat_joins_it()
    {
        QuantizationSites sites = Placed.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 16)
                .Conv("b", "a", 16, 16)
                .Conv("c", "x", 16, 16)
                .Node("Concat", ["b", "c"], ["j"], NodeAttribute.Of("axis", 1L))
                .Conv("y", "j", 32, 16)
                .Output("y")
        );

        Assert.Equal(
            ["b -> j", "c -> j"],
            sites.Activations.Where(site => site.Joins is not null).Select(site => $"{site.Tensor} -> {site.Joins}").Order()
        );
        Assert.Contains("a", sites.Activations.Select(site => site.Tensor));
    }

    [Fact]
    public void A_model_without_anything_to_gain_stays_as_it_is()
    {
        QuantizationSites sites = Placed.Of(
            new GraphBuilder()
                .Input("x", [1, 8])
                .Gemm("hidden", "x", 8, 16)
                .Node("Relu", ["hidden"], ["relu"])
                .Gemm("scores", "relu", 16, 4)
                .Output("scores")
        );

        Assert.Empty(sites.IntegerNodes());
        Assert.Empty(sites.Observed);
        Assert.Empty(sites.Weights);
        Assert.Empty(sites.Fences());
        Assert.All(sites.Nodes, node => Assert.NotEqual("", node.Reason));
    }

    [Fact]
    public void Every_float_node_says_why_and_no_integer_node_does()
    {
        QuantizationSites sites = Placed.Of(
            new GraphBuilder()
                .Input("x", [1, 3, 16, 16])
                .Conv("stem", "x", 3, 16)
                .Node("Relu", ["stem"], ["a"])
                .MaxPool("b", "a")
                .Conv("c", "b", 16, 16)
                .Node("Erf", ["c"], ["d"])
                .Conv("e", "d", 16, 16)
                .Node("Shape", ["e"], ["size"])
                .Node("Tanh", ["e"], ["f"])
                .Output("f")
                .Output("size", type: ElementType.Int64)
        );

        Assert.All(sites.Nodes, node => Assert.Equal(node.IsInteger, node.Reason.Length == 0));
        Assert.Equal(["Conv_c", "Conv_e"], sites.IntegerNodes());
        Assert.Equal("Erf has no integer kernel on this target", sites.ReasonOf("Erf_d"));
        Assert.Equal("Shape has no integer kernel on this target", sites.ReasonOf("Shape_size"));
    }

    [Fact]
    public void Arithmetic_on_whole_numbers_is_left_alone()
    {
        QuantizationSites sites = Placed.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 16)
                .Node("Shape", ["a"], ["size"])
                .Constant("two", [1], [2L])
                .Node("Add", ["size", "two"], ["larger"])
                .Conv("b", "a", 16, 16)
                .Output("b")
                .Output("larger", type: ElementType.Int64)
        );

        Assert.Equal("it computes no float values", sites.ReasonOf("Add_larger"));
    }

    [Fact]
    public void An_operator_of_another_domain_is_not_taken_for_a_standard_one()
    {
        Node custom = new("Conv", ["a", "b_w"], ["y"], "custom", "example.com");
        Graph graph = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("a", "x", 16, 16)
            .Constant("b_w", [16, 16, 1, 1], new float[256])
            .Node(custom)
            .Output("y")
            .BuildGraph();

        // Without shapes: ONNX Runtime does not know the operator.
        QuantizationSites sites = Placer.Place(
            graph,
            new Dictionary<string, Quantizer.Graphs.TensorSignature>
            {
                ["x"] = new("x", ElementType.Float, [1, 16, 8, 8]),
                ["a"] = new("a", ElementType.Float, [1, 16, 8, 8]),
            },
            QuantizationTarget.Default.Target,
            PlacementOptions.Default
        );

        Assert.Equal(["Conv_a"], sites.IntegerNodes());
        Assert.Equal("Conv has no integer kernel on this target", sites.ReasonOf("custom"));
    }

    [Fact]
    public void An_unknown_target_is_named_with_the_known_ones()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => QuantizationTarget.Parse("abacus"));

        Assert.StartsWith("Target 'abacus' is not known; expected one of: ort-cpu, ort-any-cpu.", error.Message);
    }
}
