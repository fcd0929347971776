namespace Quantizer.Reporting.Texts;

/// <summary>What the names of ONNX Runtime's kernels say.</summary>
internal static class KernelText
{
    private static readonly string[] Signs = ["QLinear", "QGemm", "QAttention", "Integer", "Quantize", "NBits"];

    /// <summary>QLinearConv, QGemm, MatMulIntegerToFloat; no Conv, and no MaxPool, which runs on integers by the same name.</summary>
    public static bool NamesIntegers(string kernel) => Signs.Any(sign => kernel.Contains(sign, StringComparison.Ordinal));
}
