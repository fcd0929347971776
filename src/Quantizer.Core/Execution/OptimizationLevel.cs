namespace Quantizer.Execution;

/// <summary>ONNX Runtime's graph optimization levels. Integer kernels need <see cref="Extended"/> or <see cref="All"/>.</summary>
public enum OptimizationLevel
{
    None,
    Basic,
    Extended,
    All,
}
