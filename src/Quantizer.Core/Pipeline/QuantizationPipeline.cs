using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>The library's front door: what the command line's three commands call.</summary>
public static class QuantizationPipeline
{
    /// <summary>Quantizes a model, writes the file, verifies and compares it.</summary>
    /// <exception cref="UsageException">What was asked for cannot be done; nothing was begun.</exception>
    /// <exception cref="OutputWrittenException">The file was written and is whole; its comparison failed.</exception>
    /// <exception cref="QuantizationException">The model or the data cannot be used; nothing was written.</exception>
    /// <exception cref="Graphs.ModelFormatException">The file is no readable ONNX model, or the output cannot be written.</exception>
    /// <exception cref="CanceledAfterWritingException">Cancelled; the file was written and is whole.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static QuantizationReport Quantize(QuantizationOptions options, IPipelineObserver observer, CancellationToken cancellation) =>
        new QuantizeRun(options, observer, cancellation).Run();

    /// <summary>Compares any two files on data.</summary>
    /// <exception cref="QuantizationException">A model or the data cannot be used.</exception>
    /// <exception cref="Graphs.ModelFormatException">A file is no readable ONNX model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static QuantizationReport Compare(CompareOptions options, IPipelineObserver observer, CancellationToken cancellation) =>
        new CompareRun(options, observer, cancellation).Run();

    /// <summary>Describes a model: inputs, outputs, operators, parameters, and what quantization would do with each node.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    /// <exception cref="Graphs.ModelFormatException">The file is no readable ONNX model.</exception>
    public static ModelInspection Inspect(string modelPath) => ModelInspector.Inspect(modelPath);
}
