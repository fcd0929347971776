using System.Globalization;
using Quantizer.Graphs;
using Quantizer.Limits;
using Quantizer.Pipeline.Inspections;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Reporting.Benches;
using Quantizer.Reporting.Differences;

namespace Quantizer.Pipeline;

/// <summary>The library's front door: what the commands of the command line call.</summary>
public static class QuantizationPipeline
{
    /// <summary>Quantizes a model, writes the file, verifies and compares it.</summary>
    /// <param name="options">What to do; only the model and the calibration data must be said.</param>
    /// <param name="observer">Hears how the run gets on; null: nobody.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>What was decided and measured.</returns>
    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    /// <exception cref="UsageException">What was asked for cannot be done; nothing was begun.</exception>
    /// <exception cref="OutputWrittenException">The file was written and is whole; its comparison failed.</exception>
    /// <exception cref="QuantizationException">The model or the data cannot be used as asked; nothing was written, and the message says
    /// what to do.</exception>
    /// <exception cref="IOException">The output cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="CanceledAfterWritingException">Cancelled; the file was written and is whole.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static QuantizationReport Quantize(
        QuantizationOptions options,
        IProgressObserver? observer = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Check(options);
        if (options.WeightsOnly is not null)
            options = options with { Activations = ActivationMode.None };
        // A floor that random samples fall below says nothing.
        if (options is { RandomSamples: not null, EvaluationPaths: [] })
            options = options with { KeepsFloor = false };
        return ThroughTheDoor(() =>
            LimitJudge.Judge(new QuantizeRun(options, observer ?? new UnheardProgress(), cancellation).Run(), options.Limits)
        );
    }

    /// <summary>Compares any two files on data.</summary>
    /// <param name="options">Which files, on what data.</param>
    /// <param name="observer">Hears how the run gets on; null: nobody.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    /// <exception cref="UsageException">What was asked for cannot be done; nothing was begun.</exception>
    /// <exception cref="QuantizationException">A model or the data cannot be used; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static QuantizationReport Compare(
        CompareOptions options,
        IProgressObserver? observer = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Check(options);
        return ThroughTheDoor(() =>
            LimitJudge.Judge(new CompareRun(options, observer ?? new UnheardProgress(), cancellation).Run(), options.Limits)
        );
    }

    /// <summary>Describes a model: inputs, outputs, operators, parameters, and what quantization would do with each node.</summary>
    /// <param name="modelPath">An .onnx file.</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="ArgumentException">No path is given.</exception>
    /// <exception cref="QuantizationException">The file is no readable ONNX model; the message says what to do.</exception>
    public static ModelInspection Inspect(string modelPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        return Inspect(new InspectOptions { ModelPath = modelPath });
    }

    /// <exception cref="UsageException">A shape does not fit, or a size is missing that a measurement needs.</exception>
    /// <exception cref="QuantizationException">The file is no readable ONNX model; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static ModelInspection Inspect(InspectOptions options, CancellationToken cancellation = default) =>
        ThroughTheDoor(() => ModelInspector.Inspect(options, cancellation));

    /// <summary>Looks at a model and its data as a run would, as far as its preparation.</summary>
    /// <param name="options">The model and the calibration data, which may be none.</param>
    /// <param name="output">The file that will tell of it.</param>
    /// <exception cref="UsageException">The output would replace a file that is read.</exception>
    /// <exception cref="QuantizationException">The model or the data cannot be used; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static ModelSurvey Survey(QuantizationOptions options, string output, CancellationToken cancellation = default) =>
        ThroughTheDoor(() => ModelSurveyor.Survey(options, output, cancellation));

    /// <summary>Measures how fast one or two models are.</summary>
    /// <exception cref="UsageException">What to feed is not known.</exception>
    /// <exception cref="QuantizationException">A model or the data cannot be used; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static BenchReport Bench(BenchOptions options, CancellationToken cancellation = default) =>
        ThroughTheDoor(() => new BenchRun(options, cancellation).Run());

    /// <summary>Lays two model files beside each other.</summary>
    /// <exception cref="QuantizationException">A file is no readable ONNX model; the message says what to do.</exception>
    internal static ReportDifference Diff(string before, string after) => ThroughTheDoor(() => ModelDiffer.Between(before, after));

    /// <summary>Callers know one exception for what is wrong with models and data, whichever layer found it; and numbers in reports and
    /// messages have a decimal point, whatever the culture of the caller. Threads that are started inside have its culture, too.</summary>
    private static T ThroughTheDoor<T>(Func<T> run)
    {
        CultureInfo outside = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return run();
        }
        catch (ModelFormatException error)
        {
            throw new QuantizationException(error.Message, error);
        }
        finally
        {
            CultureInfo.CurrentCulture = outside;
        }
    }
}
