namespace Quantizer.Limits;

/// <summary>A figure of a report that a limit holds for.</summary>
/// <param name="Name">What it says: "Top-1 accuracy, FP32 minus INT8".</param>
/// <param name="Unit">In what it is told, a word of <see cref="Reporting.Texts.LimitText"/>.</param>
/// <param name="Value">Null: not known.</param>
/// <param name="WhyUnknown">Why it is not known, or proves nothing; null where it may be judged.</param>
/// <param name="Spread">How far it may be off.</param>
internal sealed record MeasuredFigure(string Name, string Unit, double? Value, string? WhyUnknown = null, double Spread = 0)
{
    public static MeasuredFigure Unknown(string name, string unit, string why) => new(name, unit, null, why);
}
