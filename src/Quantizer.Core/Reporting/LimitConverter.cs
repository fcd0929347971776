namespace Quantizer.Reporting;

/// <summary>"passed"</summary>
internal sealed class LimitConverter() : WordConverter<LimitOutcome>(ReportWords.Limits);
