using System.Runtime.InteropServices;
using Quantizer.Calibration.Running;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization.Widening;

/// <summary>ONNX Runtime takes the new caches of its attention for as long as the old ones where nothing says otherwise, and gives those of
/// a second layer too little memory. Of a network in half precision the outputs say it; widened, it is to be said of what they are
/// made of.</summary>
public class CachedAttentionTests
{
    private const int Layers = 2,
        Width = 16,
        Tokens = 4,
        Past = 3;

    [Fact]
    public void A_widened_network_runs_with_caches_of_any_length()
    {
        OnnxModel widened = ModelNormalizer.Normalize(Network()).Model;
        using InferenceModel session = InferenceModel.Load(widened);

        IReadOnlyDictionary<string, TensorValue> answer = session.Run(SampleOf(0));

        Assert.Equal([1, 1, Past + Tokens, Width], answer["present_key1"].Shape);
        Assert.Equal(ElementType.Float16, answer["present_key1"].Type);
    }

    [Fact]
    public void It_is_calibrated()
    {
        OnnxModel widened = ModelNormalizer.Normalize(Network()).Model;
        ArraySamples samples = new([.. Enumerable.Range(0, 3).Select(SampleOf)]);

        CalibrationRun run = Calibrator.Run(widened, ["q0"], samples, new CalibrationOptions { Workers = 1 });

        Assert.Equal(3L * Tokens * Width, run.Statistics.Tensors["q0"].Count);
        Assert.Empty(run.Skipped);
    }

    private static OnnxModel Network()
    {
        GraphBuilder graph = new GraphBuilder()
            .Input("x", ["batch", "tokens", Width], ElementType.Float16)
            .Input("seqlens", ["batch"], ElementType.Int32)
            .Input("total", [1], ElementType.Int32);
        string read = "x";
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (string name in (string[])["q", "k", "v"])
            {
                graph = graph
                    .Constant(Halves($"{name}{layer}_w", SmallNetworks.Values(Width * Width, seed: name[0] + layer)))
                    .Node("MatMul", [read, $"{name}{layer}_w"], [$"{name}{layer}"]);
            }
            foreach (string name in Caches(layer))
            {
                graph = graph
                    .Input($"past_{name}", ["batch", 1, "past", Width], ElementType.Float16)
                    .Output($"present_{name}", ["batch", 1, "total", Width], ElementType.Float16);
            }
            graph = graph.Node(Attention(layer)).Node("Add", [read, $"a{layer}"], [$"r{layer}"]);
            read = $"r{layer}";
        }
        OnnxModel model = graph.Output(read, ["batch", "tokens", Width], ElementType.Float16).Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        return model;
    }

    private static Tensor Halves(string name, float[] values) => new(name, ElementType.Float16, [Width, Width], Bytes(values));

    private static Node Attention(int layer)
    {
        string[] caches = Caches(layer);
        return new Node(
            "GroupQueryAttention",
            [$"q{layer}", $"k{layer}", $"v{layer}", .. caches.Select(name => $"past_{name}"), "seqlens", "total"],
            [$"a{layer}", .. caches.Select(name => $"present_{name}")],
            $"attention{layer}",
            "com.microsoft"
        )
        {
            Attributes = { NodeAttribute.Of("num_heads", 1L), NodeAttribute.Of("kv_num_heads", 1L) },
        };
    }

    private static string[] Caches(int layer) => [$"key{layer}", $"value{layer}"];

    private static Dictionary<string, TensorValue> SampleOf(int index)
    {
        Dictionary<string, TensorValue> sample = new()
        {
            ["x"] = HalfValues([1, Tokens, Width], SmallNetworks.Values(Tokens * Width, seed: index)),
            ["seqlens"] = new TensorValue(ElementType.Int32, [1], BitConverter.GetBytes(Past + Tokens - 1)),
            ["total"] = new TensorValue(ElementType.Int32, [1], BitConverter.GetBytes(Past + Tokens)),
        };
        foreach (string name in Enumerable.Range(0, Layers).SelectMany(Caches))
            sample[$"past_{name}"] = HalfValues([1, 1, Past, Width], new float[Past * Width]);
        return sample;
    }

    private static TensorValue HalfValues(long[] shape, float[] values) => new(ElementType.Float16, shape, Bytes(values));

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray();
}
