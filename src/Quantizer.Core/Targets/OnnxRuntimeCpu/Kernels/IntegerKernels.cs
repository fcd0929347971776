using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>What ONNX Runtime's operators of the optimized graph mean for speed.</summary>
internal static class IntegerKernels
{
    /// <summary>A product of integers that it reads as such, written in float.</summary>
    public const string ProductInFloat = "MatMulIntegerToFloat";

    private static readonly HashSet<string> Multiplying =
    [
        "QLinearConv",
        "QGemm",
        "QLinearMatMul",
        ProductInFloat,
        "ConvInteger",
        "MatMulInteger",
        "DynamicQuantizeMatMul",
        "DynamicQuantizeLSTM",
        "MatMulNBits",
    ];

    /// <summary>Integer kernels that are far slower than the float ones they replace.</summary>
    private static readonly Dictionary<string, string> Slow = new()
    {
        ["QLinearAveragePool"] = "0.04x to 0.1x of the float pool's speed",
        ["QLinearSoftmax"] = "0.1x to 0.5x of the float softmax's speed, and imprecise",
    };

    /// <summary>True for kernels that multiply integers by integer weights.</summary>
    public static bool Multiplies(string kernel) => Multiplying.Contains(kernel);

    /// <summary>How slow a node of the optimized graph is; null when it is not known to be.</summary>
    public static string? Slowness(Node node, GraphIndex index) =>
        node.Is("MaxPool")
        && index.ProducerOf(node.Inputs[0]) is { } maker
        && (maker.Is("QuantizeLinear") || maker.OpType.StartsWith("QLinear", StringComparison.Ordinal))
            ? "0.03x of the float pool's speed: it reads integers in the layout of channels first"
            : Slow.GetValueOrDefault(node.OpType);
}
