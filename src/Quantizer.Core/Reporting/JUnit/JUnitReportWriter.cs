using System.Globalization;
using System.Text;
using System.Xml;
using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.JUnit;

/// <summary>The report as JUnit XML, as Jenkins, GitLab and Azure read it: one suite, a test for the file, for the floor and for each
/// limit; what is not kept is a failure with its figures.</summary>
internal sealed class JUnitReportWriter : IReportWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        CloseOutput = false,
    };

    public string Format => "JUnit XML";

    public void Write(QuantizationReport report, Stream output)
    {
        IReadOnlyList<JUnitCase> cases = JUnitCase.Of(report);
        using (XmlWriter xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            Attribute(xml, "name", $"{JUnitCase.WorkOf(report)} {report.Model.Output}");
            Attribute(xml, "tests", Number(cases.Count));
            Attribute(xml, "failures", Number(cases.Count(test => test.Failure.Length > 0)));
            Attribute(xml, "errors", "0");
            Attribute(xml, "skipped", Number(cases.Count(test => test.Skipped.Length > 0)));
            Attribute(xml, "time", (report.Timing.TotalMs / 1000).ToString("0.000", CultureInfo.InvariantCulture));
            if (report.Manifest is { } manifest)
                Attribute(xml, "timestamp", manifest.Started.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
            xml.WriteStartElement("properties");
            foreach ((string name, string value) in PropertiesOf(report))
            {
                xml.WriteStartElement("property");
                Attribute(xml, "name", name);
                Attribute(xml, "value", value);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
            foreach (JUnitCase test in cases)
                WriteCase(xml, test);
            xml.WriteEndDocument();
        }
        output.WriteByte((byte)'\n');
    }

    private static void WriteCase(XmlWriter xml, JUnitCase test)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", test.Class);
        Attribute(xml, "name", test.Name);
        Attribute(xml, "time", "0");
        if (test.Failure.Length > 0)
        {
            xml.WriteStartElement("failure");
            Attribute(xml, "type", test.Type);
            Attribute(xml, "message", test.Failure);
            xml.WriteString(Allowed(test.Detail));
            xml.WriteEndElement();
        }
        else if (test.Skipped.Length > 0)
        {
            xml.WriteStartElement("skipped");
            Attribute(xml, "message", test.Skipped);
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteElementString("system-out", Allowed(test.Detail));
        }
        xml.WriteEndElement();
    }

    /// <summary>What a run is told apart by, and its headline figures.</summary>
    private static IEnumerable<(string Name, string Value)> PropertiesOf(QuantizationReport report)
    {
        yield return ("version", $"{report.Tool.Name} {report.Tool.Version}");
        yield return ("onnxruntime", report.Tool.OnnxRuntime);
        yield return ("model", report.Model.Path);
        yield return ("model.sha256", report.Model.Sha256);
        yield return ("int8", report.Model.Output);
        if (report.Task is { } task)
        {
            yield return ("task", TaskText.Kind(task));
            yield return ("headline", TaskText.Headline(task));
            foreach (TaskFigure figure in TaskText.OfBothModels(task))
            {
                yield return (
                    figure.Name,
                    $"FP32 {FigureText.Of(figure.Unit, figure.Fp32)}, INT8 {FigureText.Of(figure.Unit, figure.Int8)}"
                );
            }
        }
        if (report.Latency is { } latency)
            yield return ("speed", FigureText.Speed(latency.Speedup, latency.Spread));
        yield return ("size", $"FP32 {FigureText.Bytes(report.Size.Fp32Bytes)}, INT8 {FigureText.Bytes(report.Size.Int8Bytes)}");
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Allowed(value));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML has no way to write most control characters and half surrogates.</summary>
    private static string Allowed(string text)
    {
        StringBuilder allowed = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            allowed.Append(isPair || XmlConvert.IsXmlChar(text[i]) ? text[i] : '?');
            if (isPair)
                allowed.Append(text[++i]);
        }
        return allowed.ToString();
    }
}
