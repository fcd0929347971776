using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// The graph that ONNX Runtime really runs: fused nodes in the places of the model's own, with their kernels' operators
/// (QLinearConv, com.microsoft.nchwc.Conv, ...). It depends on the processor and is for looking at, not for keeping.
/// </summary>
internal static class OptimizedGraph
{
    /// <returns>To be disposed of.</returns>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    public static OnnxModel Of(OnnxModel model, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.LoadToInspect(model, options), level);

    /// <param name="model">A serialized model without external data.</param>
    /// <param name="name">What messages call the model.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    public static OnnxModel Of(byte[] model, string name, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.Load(model, name, options), level);

    /// <returns>To be disposed of.</returns>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    public static OnnxModel Of(string path, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.Load(path, options), level);

    private static OnnxModel Saved(Func<ExecutionOptions, InferenceModel> load, OptimizationLevel level)
    {
        string place = "a temporary folder";
        try
        {
            using ScratchModel scratch = new();
            place = scratch.Place;
            load(
                    new ExecutionOptions
                    {
                        Level = level,
                        OptimizedModelPath = scratch.Path,
                        OptimizedWeightsName = scratch.WeightsName,
                        DisablePrepacking = true,
                    }
                )
                .Dispose();
            return scratch.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            throw new QuantizationException($"The optimized model could not be saved to {place} and read back: {error.Message}", error);
        }
    }
}
