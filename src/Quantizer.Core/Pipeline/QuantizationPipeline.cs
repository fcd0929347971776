using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>The library's front door: what the command line's three commands call.</summary>
public static class QuantizationPipeline
{
    /// <summary>Quantizes a model, writes the file, verifies and compares it.</summary>
    /// <param name="options">What to do; only the model and the calibration data must be said.</param>
    /// <param name="observer">Hears how the run gets on; null: nobody.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    /// <exception cref="QuantizationException">The model or the data cannot be used; nothing was written.</exception>
    /// <exception cref="Graphs.ModelFormatException">The file is no readable ONNX model, or the output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; either nothing was written or the whole file.</exception>
    public static QuantizationReport Quantize(QuantizationOptions options, IProgressObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Check(options);
        return new QuantizeRun(options, observer ?? new UnheardProgress(), cancellation).Run();
    }

    /// <summary>Compares any two files on data.</summary>
    /// <param name="options">Which files, on what data.</param>
    /// <param name="observer">Hears how the run gets on; null: nobody.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    /// <exception cref="QuantizationException">A model or the data cannot be used.</exception>
    /// <exception cref="Graphs.ModelFormatException">A file is no readable ONNX model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static QuantizationReport Compare(CompareOptions options, IProgressObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Check(options);
        return new CompareRun(options, observer ?? new UnheardProgress(), cancellation).Run();
    }

    /// <summary>Describes a model: inputs, outputs, operators, parameters, and what quantization would do with each node.</summary>
    /// <param name="modelPath">An .onnx file.</param>
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    /// <exception cref="Graphs.ModelFormatException">The file is no readable ONNX model.</exception>
    public static ModelInspection Inspect(string modelPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        return ModelInspector.Inspect(modelPath);
    }
}
