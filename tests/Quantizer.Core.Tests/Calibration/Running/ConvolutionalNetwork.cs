using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Calibration.Running;

/// <summary>
/// A small network with everything that ONNX Runtime treats specially in the blocked layout: padded channels (24 and 20),
/// depthwise convolutions, a residual Add, Clip, a fused Sigmoid (whose padding is not zero), Clip from above zero, pools.
/// </summary>
internal static class ConvolutionalNetwork
{
    /// <summary>Everything that calibration would observe.</summary>
    public static readonly string[] Tensors =
    [
        "x",
        "stem_relu",
        "pool",
        "wide_clip",
        "deep_clip",
        "narrow",
        "sum",
        "squeeze_relu",
        "gate_sigmoid",
        "lift_clip",
        "mixed",
        "mean",
        "logits",
    ];

    public static OnnxModel Build(Dimension batch) =>
        new GraphBuilder()
            .Input("x", [batch, 3, 16, 16])
            .Convolution("stem", "x", 32, 3, 3, pads: 1)
            .Node("Relu", ["stem"], ["stem_relu"])
            .Node("MaxPool", ["stem_relu"], ["pool"], NodeAttribute.Of("kernel_shape", [2, 2]), NodeAttribute.Of("strides", [2, 2]))
            .Convolution("wide", "pool", 48, 32, 1)
            .Clip("wide", "wide_clip", 0f, 6f)
            .Convolution("deep", "wide_clip", 48, 1, 3, pads: 1, group: 48)
            .Clip("deep", "deep_clip", 0f, 6f)
            .Convolution("narrow", "deep_clip", 32, 48, 1)
            .Node("Add", ["narrow", "pool"], ["sum"])
            .Convolution("squeeze", "sum", 24, 32, 1)
            .Node("Relu", ["squeeze"], ["squeeze_relu"])
            .Convolution("gate", "squeeze_relu", 20, 24, 1)
            .Node("Sigmoid", ["gate"], ["gate_sigmoid"])
            .Convolution("lift", "squeeze_relu", 20, 24, 1)
            .Clip("lift", "lift_clip", 0.25f, 6f)
            .Node("Mul", ["gate_sigmoid", "lift_clip"], ["mixed"])
            .Convolution("last", "mixed", 16, 20, 1)
            .Node("GlobalAveragePool", ["last"], ["mean"])
            .Node("Flatten", ["mean"], ["flat"])
            .Constant("fc_w", [16, 10], SmallNetworks.Values(160, seed: 77))
            .Node("Gemm", ["flat", "fc_w"], ["logits"])
            .Output("logits")
            .Build();

    private static GraphBuilder Convolution(
        this GraphBuilder builder,
        string name,
        string input,
        int filters,
        int depth,
        int kernel,
        int pads = 0,
        int group = 1
    )
    {
        float[] weights = SmallNetworks.Values(filters * depth * kernel * kernel, seed: filters + depth + kernel);
        float scale = MathF.Sqrt(6f / (depth * kernel * kernel));
        for (int i = 0; i < weights.Length; i++)
            weights[i] *= scale;
        return builder
            .Constant($"{name}_w", [filters, depth, kernel, kernel], weights)
            .Constant($"{name}_b", [filters], SmallNetworks.Values(filters, seed: filters))
            .Node(
                "Conv",
                [input, $"{name}_w", $"{name}_b"],
                [name],
                NodeAttribute.Of("pads", [pads, pads, pads, pads]),
                NodeAttribute.Of("group", group)
            );
    }

    private static GraphBuilder Clip(this GraphBuilder builder, string input, string output, float min, float max) =>
        builder
            .Constant($"{output}_min", [], [min])
            .Constant($"{output}_max", [], [max])
            .Node("Clip", [input, $"{output}_min", $"{output}_max"], [output]);
}
