using Quantizer.Calibration.Running;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Calibration.Running;

/// <summary>ONNX Runtime's attention with caches of half precision, as it is in a network that was widened.</summary>
public class CachedAttentionTests
{
    private const int Width = 16,
        Tokens = 4,
        Past = 3;

    [Fact]
    public void What_it_reads_is_counted()
    {
        OnnxModel model = Network();
        ArraySamples samples = new([.. Enumerable.Range(0, 3).Select(SampleOf)]);
        CalibrationRun calibrated = Calibrator.Run(model, ["q"], samples, new CalibrationOptions { Workers = 1 });

        Assert.Equal(3L * Tokens * Width, calibrated.Statistics.Tensors["q"].Count);
        Assert.Empty(calibrated.Skipped);
    }

    private static OnnxModel Network()
    {
        GraphBuilder graph = new GraphBuilder()
            .Input("x", ["batch", "tokens", Width])
            .Input("past_key", ["batch", 1, "past", Width], ElementType.Float16)
            .Input("past_value", ["batch", 1, "past", Width], ElementType.Float16)
            .Input("seqlens", ["batch"], ElementType.Int32)
            .Input("total", [1], ElementType.Int32);
        foreach (string name in (string[])["q", "k", "v"])
        {
            graph = graph
                .Constant($"{name}_w", [Width, Width], SmallNetworks.Values(Width * Width, seed: name[0]))
                .Node("MatMul", ["x", $"{name}_w"], [name]);
        }
        foreach (string name in (string[])["key", "value"])
            graph = graph.Node("Cast", [$"past_{name}"], [$"wide_{name}"], NodeAttribute.Of("to", (long)ElementType.Float));
        Node attention = new(
            "GroupQueryAttention",
            ["q", "k", "v", "wide_key", "wide_value", "seqlens", "total"],
            ["y", "new_key", "new_value"],
            "attention",
            "com.microsoft"
        );
        attention.Attributes.Add(NodeAttribute.Of("num_heads", 1L));
        attention.Attributes.Add(NodeAttribute.Of("kv_num_heads", 1L));
        graph = graph.Node(attention).Output("y");
        foreach (string name in (string[])["key", "value"])
        {
            graph = graph
                .Node("Cast", [$"new_{name}"], [$"present_{name}"], NodeAttribute.Of("to", (long)ElementType.Float16))
                .Output($"present_{name}", type: ElementType.Float16);
        }
        OnnxModel model = graph.Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        return model;
    }

    private static Dictionary<string, TensorValue> SampleOf(int index)
    {
        TensorValue cache = new(ElementType.Float16, [1, 1, Past, Width], new byte[2 * Past * Width]);
        return new Dictionary<string, TensorValue>
        {
            ["x"] = TensorValue.FromFloats([1, Tokens, Width], SmallNetworks.Values(Tokens * Width, seed: index)),
            ["past_key"] = cache,
            ["past_value"] = cache,
            ["seqlens"] = new TensorValue(ElementType.Int32, [1], BitConverter.GetBytes(Past + Tokens - 1)),
            ["total"] = new TensorValue(ElementType.Int32, [1], BitConverter.GetBytes(Past + Tokens)),
        };
    }
}
