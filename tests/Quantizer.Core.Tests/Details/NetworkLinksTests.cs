using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Verification;
using Quantizer.Details;
using Quantizer.Graphs;
using Quantizer.Reporting.Details;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Details;

public class NetworkLinksTests
{
    [Fact]
    public void Nodes_have_their_neighbours_and_no_constants()
    {
        Graph graph = new GraphBuilder()
            .Input("x", [1, 8])
            .Gemm("first", "x", 8, 4)
            .Node("Add", ["first", "first"], ["y"])
            .Output("y")
            .Build()
            .Graph;

        IReadOnlyList<LinkedNode> links = NetworkLinks.Of(
            graph,
            new WorkCount(new Dictionary<string, long?> { [graph.Nodes[0].Name] = 32 })
        );

        Assert.Equal(["x -> first 32", "first -> y "], links.Select(Text));

        static string Text(LinkedNode node) => $"{string.Join(' ', node.Inputs)} -> {string.Join(' ', node.Outputs)} {node.Macs}";
    }

    /// <summary>As the FP32 network has them, so that its errors stand at the edges.</summary>
    [Fact]
    public void Operators_of_a_quantized_file_are_neighbours_past_the_nodes_that_quantize()
    {
        Graph graph = new GraphBuilder()
            .Input("x", [1, 8])
            .Quantize("x_dq", "x")
            .Node("Relu", ["x_dq"], ["relu"])
            .Quantize("relu_dq", "relu")
            .Node("Neg", ["relu_dq"], ["y"])
            .Output("y")
            .Build()
            .Graph;

        IReadOnlyList<LinkedNode> links = NetworkLinks.Of(graph, new WorkCount(new Dictionary<string, long?>()));

        Assert.Equal(["x > relu", "relu > y"], links.Select(node => $"{node.Inputs.Single()} > {node.Outputs.Single()}"));
    }
}
