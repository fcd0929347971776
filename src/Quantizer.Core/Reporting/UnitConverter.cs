using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>"percent", "decibels"</summary>
internal sealed class UnitConverter() : WordConverter<FigureUnit>(ReportWords.Units);
