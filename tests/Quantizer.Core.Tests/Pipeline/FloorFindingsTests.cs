using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Pipeline;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>What is told of parts that were given back.</summary>
public class FloorFindingsTests
{
    [Theory]
    [InlineData(99, 24, "and it keeps 99.00 %.")]
    // Of 24 samples one differs: less than the floor, and no more than a single answer.
    [InlineData(95.8333, 24, "and it keeps 95.83 % (all samples but one).")]
    // Of 240 samples ten do.
    [InlineData(95.8333, 240, "and it keeps 95.83 %.")]
    public void A_figure_below_the_floor_that_keeps_it_is_explained(double kept, int samples, string end)
    {
        FloorReport floor = new(58.3, FloorOutcome.PartlyFloat, ["conv"], []);
        TaskResult result = new(TaskKind.Classes, "", new JudgedFigures(TaskFigure.OfBoth("Same top class", FigureUnit.Percent, kept), []))
        {
            Samples = samples,
        };

        Finding told = Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result));

        Assert.EndsWith(end, told.Message);
    }

    [Theory]
    [InlineData(
        95,
        100,
        "It lacks 2 answers of 100 to keep the floor, which is within what so few samples tell: more samples would decide."
    )]
    [InlineData(58.3, 24, "and it keeps 99.00 %.")]
    public void A_floor_that_more_samples_may_have_kept_is_told(double before, int samples, string end)
    {
        FloorReport floor = new(before, FloorOutcome.PartlyFloat, ["conv"], []);
        TaskResult result = new(TaskKind.Classes, "", new JudgedFigures(TaskFigure.OfBoth("Same top class", FigureUnit.Percent, 99), []))
        {
            Samples = samples,
        };

        Assert.EndsWith(end, Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result)).Message);
    }
}
