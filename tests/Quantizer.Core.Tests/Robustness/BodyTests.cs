using Quantizer.Graphs;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>Bodies that read what integer layers make, behind nodes that only move it: ONNX Runtime ends the process when it moves a
/// DequantizeLinear to a reader whose input it is not.</summary>
public sealed class BodyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Transpose")]
    [InlineData("MaxPool")]
    [InlineData("Identity")]
    public void A_body_reads_what_is_moved(string mover)
    {
        float[] weights = NetworkJudge.Values([32, 16, 3, 3], 1),
            more = NetworkJudge.Values([32, 32, 3, 3], 2);
        NodeAttribute[] how = mover switch
        {
            "Transpose" => [NodeAttribute.Of("perm", [0, 1, 3, 2])],
            "MaxPool" => [NodeAttribute.Of("kernel_shape", [2, 2])],
            _ => [],
        };
        NodeAttribute pads = NodeAttribute.Of("pads", [1, 1, 1, 1]);
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 16, 8, 8])
            .Constant("w1", [32, 16, 3, 3], weights)
            .Constant("w2", [32, 32, 3, 3], more)
            .Constant("many", [], [1_000_000L])
            .Node("Conv", ["x", "w1"], ["a"], pads)
            .Node(mover, ["a"], ["moved"], how)
            .Node("Size", ["moved"], ["size"])
            .Node("Less", ["size", "many"], ["condition"])
            .Node(
                "If",
                ["condition"],
                ["b"],
                NodeAttribute.Of("then_branch", Branch("Sigmoid", "p")),
                NodeAttribute.Of("else_branch", Branch("Relu", "q"))
            )
            .Node("Conv", ["b", "w2"], ["y"], pads)
            .Output("y")
            .Build();
        float[][] samples = [.. Enumerable.Range(0, 4).Select(seed => NetworkJudge.Values([1, 16, 8, 8], seed))];

        Assert.InRange(new NetworkJudge(_folder).SqnrDb(model, [1, 16, 8, 8], samples), 25, 100);
    }

    private static Graph Branch(string opType, string output) =>
        new GraphBuilder().Node(opType, ["moved"], [output]).Output(output).BuildGraph();
}
