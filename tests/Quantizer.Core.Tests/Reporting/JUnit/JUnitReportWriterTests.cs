using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using Quantizer.Reporting;
using Quantizer.Reporting.JUnit;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.JUnit;

public sealed class JUnitReportWriterTests
{
    private static readonly string Schema = Path.Combine(SharedFolder.Repository, "tests/Quantizer.Core.Tests/Reporting/JUnit/junit.xsd");

    public static TheoryData<string> Examples => [.. typeof(ExampleReports).GetProperties().Select(property => property.Name)];

    [Fact]
    public void Limits_read_as_approved() => GoldenFile.Equal("limited-junit.txt", Draw(ExampleReports.Limited));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_report_is_valid(string name)
    {
        QuantizationReport report = (QuantizationReport)typeof(ExampleReports).GetProperty(name)!.GetValue(null)!;

        XElement suite = Parse(Draw(report));

        Assert.Equal(2 + report.Limits.Count, suite.Elements("testcase").Count());
        Assert.Equal((string?)suite.Attribute("tests"), $"{suite.Elements("testcase").Count()}");
        Assert.Equal((string?)suite.Attribute("failures"), $"{suite.Descendants("failure").Count()}");
        Assert.Equal((string?)suite.Attribute("skipped"), $"{suite.Descendants("skipped").Count()}");
    }

    [Fact]
    public void A_missed_limit_is_a_failed_test_with_its_figures()
    {
        XElement suite = Parse(Draw(ExampleReports.Limited));

        XElement failure = Case(suite, "min-sqnr").Element("failure")!;
        Assert.Equal("missed", (string?)failure.Attribute("type"));
        Assert.StartsWith("SQNR of the median sample of 'logits' is 34.1 dB; at least 40.0 dB", (string?)failure.Attribute("message"));
        Assert.Contains("found 34.1 dB, asked 40.0 dB", failure.Value);
        Assert.Contains("--exclude", failure.Value);
        Assert.Null(Case(suite, "max-drop").Element("failure"));
        Assert.Equal("unknown", (string?)Case(suite, "min-speedup").Element("failure")!.Attribute("type"));
        Assert.Null(Case(suite, "the file opens and runs").Element("failure"));
    }

    [Fact]
    public void A_floor_that_is_missed_fails_and_one_that_proves_nothing_is_skipped()
    {
        const string Floor = "the task keeps its floor";

        Assert.NotNull(Case(Parse(Draw(ExampleReports.Regressor)), Floor).Element("failure"));
        Assert.NotNull(Case(Parse(Draw(ExampleReports.Classifier)), Floor).Element("system-out"));
        Assert.NotNull(Case(Parse(Draw(ExampleReports.Guessed)), Floor).Element("skipped"));
        Assert.NotNull(Case(Parse(Draw(ExampleReports.Unjudged)), Floor).Element("skipped"));
    }

    [Fact]
    public void An_error_of_the_file_itself_fails_its_test() =>
        Assert.NotNull(Case(Parse(Draw(ExampleReports.Unpleasant)), "the file opens and runs").Element("failure"));

    [Fact]
    public void What_XML_cannot_hold_is_replaced_and_the_rest_comes_back()
    {
        QuantizationReport report = ExampleReports.Classifier with
        {
            Model = ExampleReports.Classifier.Model with { Path = "a\u0001\ud800<b>&\"'\ud83d\ude00]]>" },
        };

        XElement suite = Parse(Draw(report));

        Assert.Equal("a??<b>&\"'\ud83d\ude00]]>", Property(suite, "model"));
        Assert.Equal("FP32 91.65 %, INT8 91.60 %", Property(suite, "Top-1 accuracy"));
    }

    [Fact]
    public void The_time_that_a_run_began_is_the_suites()
    {
        QuantizationReport report = ExampleReports.Classifier with
        {
            Manifest = new ManifestReport([], "/", "", "", 1, "", "", new DateTimeOffset(2026, 11, 27, 12, 3, 4, TimeSpan.FromHours(2))),
        };

        Assert.Equal("2026-11-27T10:03:04", (string?)Parse(Draw(report)).Attribute("timestamp"));
    }

    [Theory]
    [InlineData("out/resnet.int8.onnx", "calib", "quantize.out.resnet_int8_onnx")]
    [InlineData("/models/./a b.onnx", "calib", "quantize.models.a b_onnx")]
    [InlineData(@"..\out\a.onnx", "calib", "quantize.out.a_onnx")]
    [InlineData("resnet.int8.onnx", "data", "compare.resnet_int8_onnx")]
    public void Tests_of_several_runs_are_told_apart_by_their_classes(string output, string option, string expected)
    {
        QuantizationReport report = ExampleReports.Limited with
        {
            Model = ExampleReports.Limited.Model with { Output = output },
            Options = new Dictionary<string, string> { [option] = "images" },
        };

        XElement suite = Parse(Draw(report));

        Assert.Equal($"{expected.Split('.')[0]} {output}", (string?)suite.Attribute("name"));
        string[] classes = [.. suite.Elements("testcase").Select(test => (string)test.Attribute("classname")!).Distinct()];

        Assert.Equal([$"{expected}.file", $"{expected}.floor", $"{expected}.limits"], classes);
    }

    private static string? Property(XElement suite, string name) =>
        (string?)suite.Element("properties")!.Elements().Single(property => (string?)property.Attribute("name") == name).Attribute("value");

    private static XElement Case(XElement suite, string name) =>
        suite.Elements("testcase").Single(test => (string?)test.Attribute("name") == name);

    private static XElement Parse(string text)
    {
        XDocument document = XDocument.Parse(text);
        XmlSchemaSet schemas = new();
        schemas.Add(null, Schema);
        List<string> errors = [];
        document.Validate(schemas, (_, error) => errors.Add(error.Message));
        Assert.Empty(errors);
        return document.Root!.Elements().Single();
    }

    private static string Draw(QuantizationReport report)
    {
        using MemoryStream stream = new();
        new JUnitReportWriter().Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
