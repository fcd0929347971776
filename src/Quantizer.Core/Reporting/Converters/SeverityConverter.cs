using Quantizer.Findings;

namespace Quantizer.Reporting.Converters;

/// <summary>"info", "warning", "error"</summary>
internal sealed class SeverityConverter() : WordConverter<FindingSeverity>(SeverityWords.Table);
