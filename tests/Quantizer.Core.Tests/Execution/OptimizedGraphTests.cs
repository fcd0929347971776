using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Core.Tests.Execution;

public class OptimizedGraphTests
{
    [Fact]
    public void Relu_is_fused_into_the_convolution()
    {
        using OnnxModel optimized = OptimizedGraph.Of(SmallNetworks.ConvRelu(), OptimizationLevel.Extended);

        Node only = Assert.Single(optimized.Graph.Nodes);
        Assert.Equal(("FusedConv", "com.microsoft"), (only.OpType, only.Domain));
        Assert.Equal(["relu"], only.Outputs);
    }

    [Fact]
    public void Bytes_give_what_the_model_gives_and_no_optimization_changes_nothing()
    {
        OnnxModel model = SmallNetworks.ConvRelu();

        using OnnxModel optimized = OptimizedGraph.Of(OnnxFile.ToBytes(model), "small", OptimizationLevel.None);

        Assert.Equal(["Conv", "Relu"], optimized.Graph.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void Weights_supplied_from_memory_give_the_graph_that_serialized_ones_do()
    {
        // 27 KB of weights: more than stay in the model.
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Constant("w", [48, 16, 3, 3], SmallNetworks.Values(48 * 144, seed: 3))
            .Node("Conv", ["x", "w"], ["conv"])
            .Node("Relu", ["conv"], ["relu"])
            .Output("relu")
            .Build();
        using OnnxModel supplied = OptimizedGraph.Of(model),
            serialized = OptimizedGraph.Of(OnnxFile.ToBytes(model), "small");

        Assert.Equal(OnnxFile.ToBytes(serialized), OnnxFile.ToBytes(supplied));
        Assert.Contains(supplied.Graph.Initializers, tensor => tensor.Data.Length >= 48 * 144 * sizeof(float));
    }

    [Fact]
    public void Supplied_weights_are_read_where_they_lie_instead_of_copied()
    {
        const int length = 4096;
        byte[] weights = new byte[length * sizeof(float)];
        OnnxModel model = new GraphBuilder().Input("x", [length]).Node("Add", ["x", "w"], ["y"]).Output("y").Build();
        model.Graph.Initializers.Add(new Tensor("w", ElementType.Float, [length], weights));
        using InferenceModel session = InferenceModel.LoadOptimized(model);

        // Only a test may do this: it shows that there is no other copy.
        MemoryMarshal.Cast<byte, float>(weights.AsSpan()).Fill(5f);
        TensorValue sum = session.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([length], new float[length]) })[
            "y"
        ];

        Assert.All(MemoryMarshal.Cast<byte, float>(sum.Data.Span).ToArray(), value => Assert.Equal(5f, value));
    }
}
