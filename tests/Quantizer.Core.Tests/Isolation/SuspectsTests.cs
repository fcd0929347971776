using Quantizer.Graphs;
using Quantizer.Isolation;

namespace Quantizer.Core.Tests.Isolation;

public class SuspectsTests
{
    [Theory]
    [InlineData("Running 'g' failed: node 'MatMul_b' (QLinearMatMul): a_offset was false")]
    [InlineData("cannot open 'g': Node (MatMul_b) Op (MatMul) [ShapeInferenceError] no")]
    [InlineData("In Node, (\"MatMul_b\", MatMul, \"\", -1) : no")]
    [InlineData("node with name 'MatMul_b_token_12'")]
    public void A_named_node_its_readers_and_its_makers_are_suspects_in_this_order(string failure)
    {
        Assert.Equal(
            ["MatMul_b", "MatMul_b Relu_c", "MatMul_b Conv_a", "MatMul_b Conv_a Relu_c"],
            Of(failure).Select(nodes => string.Join(' ', nodes))
        );
    }

    [Fact]
    public void Words_that_name_no_node_give_none() => Assert.Empty(Of("node 'Gather' (Gather): indices element out of data bounds"));

    private static IEnumerable<IReadOnlyList<string>> Of(string failure) =>
        new Suspects(
            new GraphBuilder()
                .Input("x", [1, 2, 4, 4])
                .Constant("w", [2, 2, 1, 1], [1f, 2, 3, 4])
                .Constant("m", [4, 4], new float[16])
                .Node("Conv", ["x", "w"], ["a"])
                .Node("MatMul", ["a", "m"], ["b"])
                .Node("Relu", ["b"], ["c"])
                .Output("c")
                .Build()
                .Graph
        ).Of(failure);
}
