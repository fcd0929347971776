using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;

namespace Quantizer.Pipeline;

/// <summary>A file as the user gave it, read and opened. Everything made from it lives as long as it is not disposed of.</summary>
internal sealed record SourceModel(string Path, OnnxModel Model, InferenceModel Session) : IDisposable
{
    /// <summary>Bytes of weights from which on a model is only run where there are data to run it on: each session that runs it holds them
    /// once more, in the order that the kernels want.</summary>
    private const long LargeBytes = 1L << 30;

    /// <summary>Whether its weights are so large that a session to look at it must not copy them.</summary>
    public bool IsLarge => IsLargeModel(Model);

    /// <param name="isRun">Whether there are data to run it on.</param>
    /// <exception cref="ModelFormatException">The file is no readable ONNX model.</exception>
    /// <exception cref="QuantizationException">ONNX Runtime refuses it; before the graph is touched, so that the message names the
    /// user's file.</exception>
    public static SourceModel Open(string path, bool isRun = true)
    {
        OnnxModel model = OnnxFile.Read(path);
        try
        {
            return new SourceModel(path, model, OpenSession(path, model, isRun || !IsLargeModel(model) ? null : Looking));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file in ONNX Runtime, or the same network where ONNX Runtime refuses the form of the
    /// file.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the file, and its form is not the reason.</exception>
    public static InferenceModel OpenSession(string path, OnnxModel model, ExecutionOptions? options = null)
    {
        try
        {
            return InferenceModel.Load(path, options);
        }
        catch (QuantizationException)
        {
            if (RunnableModel.Of(model) is not { } runnable)
                throw;
            return InferenceModel.Load(OnnxFile.ToBytes(runnable), path, options);
        }
    }

    /// <summary>Another session of the file; the caller closes it.</summary>
    /// <exception cref="QuantizationException">The file is no longer what it was.</exception>
    public InferenceModel Reopen() => OpenSession(Path, Model);

    private static ExecutionOptions Looking { get; } = new() { Level = OptimizationLevel.None, DisablePrepacking = true };

    private static bool IsLargeModel(OnnxModel model) => model.Graph.Initializers.Sum(tensor => (long)tensor.Data.Length) > LargeBytes;

    public void Dispose()
    {
        Session.Dispose();
        Model.Dispose();
    }
}
