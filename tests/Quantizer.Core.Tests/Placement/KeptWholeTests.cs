using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Placement;

public class KeptWholeTests
{
    [Theory]
    [InlineData("LayerNormalization", true)]
    [InlineData("Gelu", true)]
    // What lowering makes of a GELU by tanh.
    [InlineData("FastGelu", true)]
    // Convolutional networks have it as well.
    [InlineData("QuickGelu", false)]
    [InlineData("Relu", false)]
    public void It_tells_transformers(string operatorType, bool isIn)
    {
        Graph graph = new() { Nodes = { new Node(operatorType, ["x"], ["y"], "node") } };

        Assert.Equal(isIn, KeptWhole.IsIn(graph, QuantizationTarget.Default.Target));
    }
}
