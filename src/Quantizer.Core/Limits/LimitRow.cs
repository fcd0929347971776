using Quantizer.Reporting;

namespace Quantizer.Limits;

/// <summary>A kind of limit.</summary>
/// <param name="name">On the command line, without the dashes.</param>
/// <param name="asked">Null: not asked for.</param>
/// <param name="isMost">The figure may be no more than the limit; else no less.</param>
/// <param name="remedy">What helps where it is missed.</param>
/// <param name="measured">The figure that it holds for.</param>
internal sealed class LimitRow(
    string name,
    Func<LimitOptions, double?> asked,
    bool isMost,
    string remedy,
    Func<QuantizationReport, MeasuredFigure> measured
)
{
    public string Name => name;

    public bool IsMost => isMost;

    public string Remedy => remedy;

    public double? Asked(LimitOptions options) => asked(options);

    public MeasuredFigure Measured(QuantizationReport report) => measured(report);
}
