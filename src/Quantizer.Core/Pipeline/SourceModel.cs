using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

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
            return new SourceModel(path, model, InferenceModel.Load(path));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        Model.Dispose();
    }
}
