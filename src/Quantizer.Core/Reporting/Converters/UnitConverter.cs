using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting.Converters;

/// <summary>"percent", "decibels"</summary>
internal sealed class UnitConverter() : WordConverter<FigureUnit>(ReportWords.Units);
