using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;

namespace Quantizer.Pipeline;

/// <summary>A file as the user gave it, read and opened. Everything made from it lives as long as it is not disposed of.</summary>
internal sealed record SourceModel(string Path, OnnxModel Model, InferenceModel Session) : IDisposable
{
    /// <exception cref="ModelFormatException">The file is no readable ONNX model.</exception>
    /// <exception cref="QuantizationException">ONNX Runtime refuses it; before the graph is touched, so that the message names the
    /// user's file.</exception>
    public static SourceModel Open(string path)
    {
        OnnxModel model = OnnxFile.Read(path);
        try
        {
            return new SourceModel(path, model, OpenSession(path, model));
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

    public void Dispose()
    {
        Session.Dispose();
        Model.Dispose();
    }
}
