using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Execution;

/// <summary>
/// The graph that ONNX Runtime really runs: fused nodes in the places of the model's own, with their kernels' operators
/// (QLinearConv, com.microsoft.nchwc.Conv, ...). It depends on the processor and is for looking at, not for keeping.
/// </summary>
public static class OptimizedGraph
{
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    public static OnnxModel Of(OnnxModel model, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.Load(model, options), level, InMemory);

    /// <param name="model">A serialized model without external data.</param>
    /// <param name="name">What messages call the model.</param>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    public static OnnxModel Of(byte[] model, string name, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.Load(model, name, options), level, InMemory);

    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    public static OnnxModel Of(string path, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.Load(path, options), level, InMemory);

    /// <summary>What <paramref name="use"/> makes of the optimized model, which is gone afterwards: its weights are not copied.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model or cannot save what it made of it.</exception>
    internal static T Use<T>(OnnxModel model, Func<OnnxModel, T> use, OptimizationLevel level = OptimizationLevel.All) =>
        Saved(options => InferenceModel.Load(model, options), level, path =>
        {
            using OnnxModel optimized = OnnxFile.Read(path);
            return use(optimized);
        });

    /// <summary>Not mapped: a mapped file could not be deleted everywhere while the model is in use.</summary>
    private static OnnxModel InMemory(string path) => OnnxFile.Parse(File.ReadAllBytes(path), "the optimized model");

    private static T Saved<T>(Func<ExecutionOptions, InferenceModel> load, OptimizationLevel level, Func<string, T> read)
    {
        using ScratchFile file = new();
        try
        {
            load(new ExecutionOptions { Level = level, OptimizedModelPath = file.Path, DisablePrepacking = true }).Dispose();
            return read(file.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            throw new QuantizationException($"The optimized model could not be saved to {file.Place} and read back: {error.Message}", error);
        }
    }
}
