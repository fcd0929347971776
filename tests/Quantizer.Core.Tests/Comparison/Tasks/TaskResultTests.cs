using Quantizer.Comparison.Tasks;

namespace Quantizer.Core.Tests.Comparison.Tasks;

public sealed class TaskResultTests
{
    [Theory]
    // One of ten says nothing; two of ten do, and so do seven of two hundred.
    [InlineData(TaskKind.Classes, 10, 90, true)]
    [InlineData(TaskKind.Classes, 10, 80, false)]
    [InlineData(TaskKind.Classes, 200, 97, true)]
    [InlineData(TaskKind.Classes, 200, 96.5, false)]
    [InlineData(TaskKind.Classes, 0, 90, false)]
    [InlineData(TaskKind.Pixels, 10, 90, false)]
    [InlineData(TaskKind.Classes, 200, double.NaN, false)]
    public void A_single_sample_that_differs_does_not_miss_the_floor(TaskKind kind, int samples, double percent, bool meets) =>
        Assert.Equal(
            meets,
            new TaskResult(kind, "", new JudgedFigures(TaskFigure.OfBoth("", FigureUnit.Percent, percent), []))
            {
                Samples = samples,
            }.MeetsFloor
        );
}
