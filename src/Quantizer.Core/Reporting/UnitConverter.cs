using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>"percent", "dB"</summary>
internal sealed class UnitConverter() : WordConverter<FigureUnit>(ReportWords.Units);
