using Quantizer.Reporting;
using Quantizer.Testing;
namespace Quantizer.Core.Tests.Reporting.Page;
public sealed class DumpTests
{
    [Fact]
    public void Dump()
    {
        Directory.CreateDirectory("/tmp/pages");
        ReportFile.Write(SampleReports.Small, "/tmp/pages/small.html");
        ReportFile.Write(SampleReports.Deep(40), "/tmp/pages/deep40.html");
        ReportFile.Write(SampleReports.Deep(300), "/tmp/pages/deep300.html");
        ReportFile.Write(SampleReports.Deep(1000), "/tmp/pages/deep1000.html");
        ReportFile.Write(SampleReports.Boxes, "/tmp/pages/boxes.html");
        ReportFile.Write(SampleReports.Masks, "/tmp/pages/masks.html");
        ReportFile.Write(SampleReports.Lines, "/tmp/pages/lines.html");
        ReportFile.Write(ExampleReports.Unpleasant, "/tmp/pages/unpleasant.html");
        ReportFile.Write(ExampleReports.Regressor, "/tmp/pages/regressor.html");
        ReportFile.Write(ExampleReports.Unjudged, "/tmp/pages/unjudged.html");
    }
}
