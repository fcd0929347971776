namespace Quantizer.Execution;

/// <summary>ONNX Runtime's graph optimization levels. Integer kernels need <see cref="Extended"/> or <see cref="All"/>.</summary>
internal enum OptimizationLevel
{
    None,
    Basic,
    Extended,
    All,
}
