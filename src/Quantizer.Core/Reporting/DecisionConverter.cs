namespace Quantizer.Reporting;

/// <summary>"float", "int8"</summary>
internal sealed class DecisionConverter() : WordConverter<NodeDecision>(ReportWords.Decisions);
