using Quantizer.Cli.Usage;
using Quantizer.Pipeline;
using Quantizer.Reporting;

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

    /// <summary>The same calls, which know the command line, and leave the files alone that its arguments were taken from.</summary>
    public PipelineCalls With(ArgumentFiles expanded) =>
        this with
        {
            Quantize = (options, observer, cancellation) =>
                Quantize(options with { Arguments = expanded.Arguments, ArgumentFiles = expanded.Files }, observer, cancellation),
            Compare = (options, observer, cancellation) =>
                Compare(options with { Arguments = expanded.Arguments, ArgumentFiles = expanded.Files }, observer, cancellation),
        };
}
