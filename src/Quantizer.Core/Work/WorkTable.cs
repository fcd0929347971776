using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>
/// How many multiply-accumulates each operator does, from the sizes of its tensors. It is a fact about the network: whether a
/// target has an integer kernel for the operator does not matter. Additions, comparisons, pools and functions of single values
/// count as none, as is custom. The nodes inside bodies count, not those that run them.
/// </summary>
internal static class WorkTable
{
    private const string Standard = "",
        Microsoft = "com.microsoft",
        Learning = "ai.onnx.ml";

    private static readonly Dictionary<(string Domain, string OpType), Func<NodeShapes, long?>> Formulas = new()
    {
        [(Standard, "Conv")] = node => ProductWork.Convolution(node, weights: 1),
        [(Standard, "DeformConv")] = node => ProductWork.Convolution(node, weights: 1),
        [(Standard, "ConvInteger")] = node => ProductWork.Convolution(node, weights: 1),
        [(Standard, "QLinearConv")] = node => ProductWork.Convolution(node, weights: 3),
        [(Microsoft, "QLinearConv")] = node => ProductWork.Convolution(node, weights: 3),
        [(Microsoft, "FusedConv")] = node => ProductWork.Convolution(node, weights: 1),
        [(Microsoft, "NhwcFusedConv")] = node => ProductWork.Convolution(node, weights: 1),
        [(Standard, "ConvTranspose")] = node => ProductWork.TransposedConvolution(node, weights: 1),
        [(Microsoft, "ConvTransposeWithDynamicPads")] = node => ProductWork.TransposedConvolution(node, weights: 1),
        [(Standard, "Gemm")] = ProductWork.Gemm,
        [(Microsoft, "FusedGemm")] = ProductWork.Gemm,
        [(Microsoft, "QGemm")] = ProductWork.Gemm,
        [(Standard, "MatMul")] = ProductWork.MatMul,
        [(Standard, "MatMulInteger")] = ProductWork.MatMul,
        [(Standard, "QLinearMatMul")] = ProductWork.MatMul,
        [(Microsoft, "MatMulIntegerToFloat")] = ProductWork.MatMul,
        [(Microsoft, "DynamicQuantizeMatMul")] = ProductWork.MatMul,
        [(Microsoft, "MatMulInteger16")] = ProductWork.MatMul,
        [(Microsoft, "FusedMatMul")] = ProductWork.FusedMatMul,
        [(Microsoft, "FusedMatMulActivation")] = ProductWork.FusedMatMul,
        [(Microsoft, "TransposeMatMul")] = ProductWork.Gemm,
        [(Microsoft, "MatMulNBits")] = ProductWork.PackedMatMul,
        [(Microsoft, "MatMulBnb4")] = ProductWork.PackedMatMul,
        [(Standard, "LSTM")] = ProductWork.Recurrent,
        [(Standard, "GRU")] = ProductWork.Recurrent,
        [(Standard, "RNN")] = ProductWork.Recurrent,
        [(Microsoft, "DynamicQuantizeLSTM")] = ProductWork.Recurrent,
        [(Standard, "Einsum")] = EinsumWork.Of,
        [(Standard, "Attention")] = AttentionWork.Standard,
        [(Microsoft, "Attention")] = AttentionWork.Projected,
        [(Microsoft, "MultiHeadAttention")] = AttentionWork.MultiHead,
        [(Microsoft, "GroupQueryAttention")] = AttentionWork.Grouped,
    };

    /// <summary>Work that no formula here tells: transforms, and models of the table of another domain that multiply.</summary>
    private static readonly HashSet<(string Domain, string OpType)> Untold =
    [
        (Standard, "DFT"),
        (Standard, "STFT"),
        (Learning, "LinearClassifier"),
        (Learning, "LinearRegressor"),
        (Learning, "SVMClassifier"),
        (Learning, "SVMRegressor"),
    ];

    /// <summary>What ONNX Runtime's own operators begin with that only add, normalize, look up or map single values.</summary>
    private static readonly string[] Light =
    [
        "Bias",
        "FastGelu",
        "Gelu",
        "QuickGelu",
        "LayerNorm",
        "SkipLayerNorm",
        "EmbedLayerNorm",
        "SimplifiedLayerNorm",
        "SkipSimplifiedLayerNorm",
        "GroupNorm",
        "SkipGroupNorm",
        "Inverse",
        "Pad",
        "Range",
        "Unique",
        "ExpandDims",
        "CDist",
        "Tokenizer",
        "Trilu",
        "RotaryEmbedding",
        "QuantizeLinear",
        "DequantizeLinear",
        "QLinearAdd",
        "QLinearMul",
        "QLinearConcat",
        "QLinearWhere",
        "QLinearSigmoid",
        "QLinearLeakyRelu",
        "QLinearSoftmax",
        "QLinearAveragePool",
        "QLinearGlobalAveragePool",
        "QLinearReduceMean",
        "NhwcMaxPool",
        "GridSample",
        "CropAndResize",
        "SampleOp",
        "WordConvEmbedding",
        "MaxpoolWithMask",
    ];

    /// <returns>Multiply-accumulates; null when they are not known.</returns>
    public static long? Of(Node node, Func<string, IReadOnlyList<long>?> shapeOf)
    {
        if (Formulas.TryGetValue((node.Domain, node.OpType), out Func<NodeShapes, long?>? formula))
        {
            try
            {
                return formula(new NodeShapes(node, shapeOf));
            }
            catch (OverflowException)
            {
                return null;
            }
        }
        if (Untold.Contains((node.Domain, node.OpType)))
            return null;
        if (node.Domain is Standard or Learning)
            return 0;
        return node.Domain == Microsoft && Light.Any(light => node.OpType.StartsWith(light, StringComparison.Ordinal)) ? 0 : null;
    }

    /// <summary>Whether a node may multiply at all, so that the sizes of its tensors are of interest.</summary>
    public static bool Asks(Node node) => Formulas.ContainsKey((node.Domain, node.OpType));
}
