using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>The one type that knows the order of the stages.</summary>
public static class QuantizationPipeline
{
    /// <summary>Quantizes a model, writes the file, verifies and compares it.</summary>
    /// <exception cref="QuantizationException">The model or the data cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static QuantizationReport Quantize(QuantizationOptions options, IPipelineObserver observer, CancellationToken cancellation) =>
        throw new NotSupportedException(options.ModelPath);

    /// <summary>Compares any two files on data.</summary>
    public static QuantizationReport Compare(CompareOptions options, IPipelineObserver observer, CancellationToken cancellation) =>
        throw new NotSupportedException(options.Fp32Path);

    /// <summary>Describes a model: inputs, outputs, operators, parameters, and what quantization would do with each node.</summary>
    public static ModelInspection Inspect(string modelPath) => throw new NotSupportedException(modelPath);
}
