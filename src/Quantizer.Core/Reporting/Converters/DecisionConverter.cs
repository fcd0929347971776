namespace Quantizer.Reporting.Converters;

/// <summary>"float", "int8", "dynamic", "stored"</summary>
internal sealed class DecisionConverter() : WordConverter<NodeDecision>(ReportWords.Decisions);
