namespace Quantizer.Graphs;

/// <summary>A file is not an ONNX model, or a damaged one. The message names the file, what was found, what was expected and what to
/// do.</summary>
internal sealed class ModelFormatException : Exception
{
    public ModelFormatException(string message, Exception? inner = null)
        : base(message, inner) { }
}
