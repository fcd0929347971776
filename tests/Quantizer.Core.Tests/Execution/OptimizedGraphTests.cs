using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Core.Tests.Execution;

public class OptimizedGraphTests
{
    [Fact]
    public void Relu_is_fused_into_the_convolution()
    {
        OnnxModel optimized = OptimizedGraph.Of(SmallNetworks.ConvRelu(), OptimizationLevel.Extended);

        Node only = Assert.Single(optimized.Graph.Nodes);
        Assert.Equal(("FusedConv", "com.microsoft"), (only.OpType, only.Domain));
        Assert.Equal(["relu"], only.Outputs);
    }

    [Fact]
    public void Bytes_give_what_the_model_gives_and_no_optimization_changes_nothing()
    {
        OnnxModel model = SmallNetworks.ConvRelu();

        OnnxModel optimized = OptimizedGraph.Of(OnnxFile.ToBytes(model), "small", OptimizationLevel.None);

        Assert.Equal(["Conv", "Relu"], optimized.Graph.Nodes.Select(node => node.OpType));
    }
}
