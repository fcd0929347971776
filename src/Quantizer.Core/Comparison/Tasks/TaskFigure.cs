namespace Quantizer.Comparison.Tasks;

/// <summary>One figure of a task.</summary>
/// <param name="Name">What it says: "Top-1 accuracy".</param>
/// <param name="Unit">In what it is told.</param>
/// <param name="Fp32">Of the original against the truth; null where none is known or the figure is between both models.</param>
/// <param name="Int8">Of the quantized model against the truth.</param>
/// <param name="Between">Of the quantized model against the original, which needs no truth.</param>
public sealed record TaskFigure(string Name, FigureUnit Unit, double? Fp32, double? Int8, double? Between)
{
    internal static TaskFigure OfBoth(string name, FigureUnit unit, double? between) => new(name, unit, null, null, between);

    internal static TaskFigure OfTruth(string name, FigureUnit unit, double fp32, double int8) => new(name, unit, fp32, int8, null);
}
