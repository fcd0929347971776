using Quantizer.Reporting;
using Quantizer.Reporting.Benches;

namespace Quantizer.Testing;

/// <summary>Measured speeds with fixed figures.</summary>
internal static class ExampleBenches
{
    /// <summary>Two models, one of whose ratios is within its interval.</summary>
    public static BenchReport Both { get; } =
        new()
        {
            Tool = new ToolReport("quantize", "0.1.0", "1.31.1"),
            Models = [new BenchModel("resnet20.onnx", "9f86d081", 1_103_442), new BenchModel("resnet20.int8.onnx", "60303ae2", 324_010)],
            Inputs = "zeros",
            Cells =
            [
                new BenchCell(
                    1,
                    1,
                    [new BenchTimes(1.8437, 1.7, 542.4, 700), new BenchTimes(0.7123, 0.7, 1403.9, 700)],
                    new BenchRatio(2.588, 2.5, 2.66, 2.43)
                ),
                new BenchCell(
                    2,
                    8,
                    [new BenchTimes(12.1, 11, 661.2, 80), new BenchTimes(210, 8.7, 38.1, 80)],
                    new BenchRatio(0.98, 0.9, 1.1, 1.26)
                ),
                new BenchCell(
                    2,
                    16,
                    [new BenchTimes(24, 22, 666.7, 3), new BenchTimes(48, 44, 333.3, 3)],
                    new BenchRatio(0.5, 0, double.PositiveInfinity, 0.5)
                ),
            ],
            Profiles =
            [
                new BenchProfile("resnet20.onnx", 1, 1, [new KernelTime("Conv", 21, 1.6, 95.2), new KernelTime("Gemm", 1, 0.08, 4.8)]),
            ],
            Notes = ["'resnet20.onnx' takes exactly 1 at once: batch 8 was left out."],
        };
}
