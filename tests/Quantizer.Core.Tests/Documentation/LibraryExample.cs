using Quantizer.Findings;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Documentation;

/// <summary>The example of the README, word for word; <see cref="LibraryExampleTests"/> compares and runs it.</summary>
internal static class LibraryExample
{
    public static QuantizationReport Quantize(string model, string images, string output)
    {
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = model,
                CalibrationPaths = [images],
                OutputPath = output,
                Samples = 64,
                Method = RangeMethod.Percentile(99.99),
            }
        );
        ReportFile.Write(report, Path.ChangeExtension(output, ".md"));
        if (report.Findings.Any(finding => finding.Severity == FindingSeverity.Error))
            throw new InvalidOperationException($"{output} cannot be used as it is; see the report beside it.");
        return report;
    }
}
