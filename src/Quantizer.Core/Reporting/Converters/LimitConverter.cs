namespace Quantizer.Reporting.Converters;

/// <summary>"passed"</summary>
internal sealed class LimitConverter() : WordConverter<LimitOutcome>(ReportWords.Limits);
