namespace Quantizer.Reporting;

/// <summary>Draws a report in one format. Writers only draw: every figure and every finding stands in the record already.</summary>
internal interface IReportWriter
{
    /// <summary>The format's name as it is told to users: "JSON".</summary>
    string Format { get; }

    /// <summary>Writes the whole report, UTF-8 without a byte order mark, lines ended by a single line feed.</summary>
    void Write(QuantizationReport report, Stream output);
}
