namespace Quantizer.Normalization;

/// <summary>
/// Which IR version a standard operator set came with (https://github.com/onnx/onnx/blob/main/docs/Versioning.md). Sets up to
/// 18 are given IR 8, which every ONNX Runtime since 1.10 reads.
/// </summary>
internal static class IrVersions
{
    private static readonly (long LastOpset, long IrVersion)[] Table =
    [
        (18, 8),
        (20, 9),
        (22, 10),
        (23, 11),
        (24, 12),
        (long.MaxValue, 13),
    ];

    public static long For(long opset) => Array.Find(Table, row => opset <= row.LastOpset).IrVersion;
}
