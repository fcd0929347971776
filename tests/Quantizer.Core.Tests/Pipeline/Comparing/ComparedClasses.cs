using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Core.Tests.Pipeline.Comparing;

/// <summary>The result of comparing two networks of ten classes.</summary>
internal static class ComparedClasses
{
    /// <summary>A hundred samples of a network of ten classes.</summary>
    public static ComparisonResult Classes(int agreeing, int labelled = 0, int fp32 = 0, int int8 = 0)
    {
        double Share(int right) => 100.0 * right / labelled;
        TaskFigure[] others = labelled == 0 ? [] : [TaskFigure.OfTruth("Top-1 accuracy", FigureUnit.Percent, Share(fp32), Share(int8))];
        JudgedFigures figures = new(TaskFigure.OfBoth("Same top class", FigureUnit.Percent, agreeing), others) { Chance = 10 };
        return new ComparisonResult(100, [], new TaskResult(TaskKind.Classes, "", figures), []);
    }
}
