using Quantizer.Reporting.Inspections;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Inspections;

public sealed class MarkdownInspectionWriterTests
{
    [Fact]
    public void A_measured_model_reads_as_approved() =>
        GoldenFile.Equal("inspection.md", MarkdownInspectionWriter.ToText(ExampleInspections.Classifier));

    [Fact]
    public void Open_sizes_and_hostile_names_read_as_approved() =>
        GoldenFile.Equal("inspection-open.md", MarkdownInspectionWriter.ToText(ExampleInspections.Open));

    [Fact]
    public void A_quantized_model_reads_as_approved() =>
        GoldenFile.Equal("inspection-quantized.md", MarkdownInspectionWriter.ToText(ExampleInspections.Quantized));
}
