using Quantizer.Pipeline;
using Quantizer.Pipeline.Inspections;
using Quantizer.Reporting;
using Quantizer.Reporting.Benches;
using Quantizer.Reporting.Differences;

namespace Quantizer.Cli;

/// <summary>What the commands ask of the library, as values, so that the command line is tested without a model.</summary>
internal sealed record PipelineCalls(
    Func<QuantizationOptions, IProgressObserver, CancellationToken, QuantizationReport> Quantize,
    Func<CompareOptions, IProgressObserver, CancellationToken, QuantizationReport> Compare,
    Func<InspectOptions, CancellationToken, ModelInspection> Inspect
)
{
    public static PipelineCalls Real { get; } =
        new(QuantizationPipeline.Quantize, QuantizationPipeline.Compare, QuantizationPipeline.Inspect);

    /// <summary>The model and calibration data of the options, and the file that will tell of them.</summary>
    public Func<QuantizationOptions, string, CancellationToken, ModelSurvey> Survey { get; init; } = QuantizationPipeline.Survey;

    /// <summary>How fast models are.</summary>
    public Func<BenchOptions, CancellationToken, BenchReport> Bench { get; init; } = QuantizationPipeline.Bench;

    /// <summary>What is not the same in two model files.</summary>
    public Func<string, string, ReportDifference> Diff { get; init; } = QuantizationPipeline.Diff;

    /// <summary>The same calls, which keep what they measure of a network's speed.</summary>
    /// <param name="folder">Null: nowhere.</param>
    public PipelineCalls Remembering(string? folder) =>
        this with
        {
            Quantize = (options, observer, cancellation) => Quantize(options with { SpeedFolder = folder }, observer, cancellation),
        };

    /// <summary>The same calls, which know the command line, and leave the files alone that its arguments were taken from.</summary>
    public PipelineCalls With(IReadOnlyList<string> arguments, IReadOnlyList<string> files)
    {
        return this with
        {
            Quantize = (options, observer, cancellation) => Quantize(Told(options), observer, cancellation),
            Inspect = (options, cancellation) =>
                Inspect(options with { ArgumentFiles = [.. files, .. options.ArgumentFiles] }, cancellation),
            Survey = (options, output, cancellation) => Survey(Told(options), output, cancellation),
            Compare = (options, observer, cancellation) =>
                Compare(
                    options with
                    {
                        Arguments = arguments,
                        ArgumentFiles = [.. files, .. options.ArgumentFiles],
                    },
                    observer,
                    cancellation
                ),
        };

        QuantizationOptions Told(QuantizationOptions options) =>
            options with
            {
                Arguments = arguments,
                ArgumentFiles = [.. files, .. options.ArgumentFiles],
            };
    }
}
