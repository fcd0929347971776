using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Reporting.Benches;
using Quantizer.Reporting.Differences;

namespace Quantizer.Cli;

/// <summary>What the commands ask of the library, as values, so that the command line is tested without a model.</summary>
internal sealed record PipelineCalls(
    Func<QuantizationOptions, IProgressObserver, CancellationToken, QuantizationReport> Quantize,
    Func<CompareOptions, IProgressObserver, CancellationToken, QuantizationReport> Compare,
    Func<string, ModelInspection> Inspect
)
{
    public static PipelineCalls Real { get; } =
        new(QuantizationPipeline.Quantize, QuantizationPipeline.Compare, QuantizationPipeline.Inspect);

    /// <summary>The model and calibration data of the options, and the file that will tell of them.</summary>
    public Func<QuantizationOptions, string, CancellationToken, ModelSurvey> Survey { get; init; } = ModelSurveyor.Survey;

    /// <summary>How fast models are.</summary>
    public Func<BenchOptions, CancellationToken, BenchReport> Bench { get; init; } = BenchRun.Run;

    /// <summary>What is not the same in two model files.</summary>
    public Func<string, string, ReportDifference> Diff { get; init; } = ModelDiffer.Between;

    /// <summary>The same calls, which leave the files alone that the arguments were taken from.</summary>
    public PipelineCalls WithArgumentFiles(IReadOnlyList<string> files) =>
        files.Count == 0
            ? this
            : this with
            {
                Quantize = (options, observer, cancellation) =>
                    Quantize(options with { ArgumentFiles = [.. files, .. options.ArgumentFiles] }, observer, cancellation),
                Survey = (options, output, cancellation) =>
                    Survey(options with { ArgumentFiles = [.. files, .. options.ArgumentFiles] }, output, cancellation),
                Compare = (options, observer, cancellation) =>
                    Compare(options with { ArgumentFiles = [.. files, .. options.ArgumentFiles] }, observer, cancellation),
            };
}
