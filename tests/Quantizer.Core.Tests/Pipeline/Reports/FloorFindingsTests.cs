using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Pipeline.Reports;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Pipeline.Reports;

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

    [Fact]
    public void An_output_that_was_useless_is_named_in_the_place_of_the_headline()
    {
        FloorReport floor = new(99.5, FloorOutcome.PartlyFloat, ["conv"], []) { Missed = new MissedOutput("points", 14.996) };
        TaskResult result = new(
            TaskKind.Decisions,
            "",
            new JudgedFigures(TaskFigure.OfBoth("Same decision", FigureUnit.Percent, 99.5), [])
        );

        string told = Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result)).Message;

        Assert.Contains("(output 'points', which is not what it is judged by, keeps 14.996 dB, floor 15 dB; same decision 99.50 %)", told);
    }

    [Fact]
    public void What_was_only_stored_is_not_said_to_have_been_in_integers()
    {
        FloorReport floor = new(0.54, FloorOutcome.Float, [], []);
        TaskResult result = new(TaskKind.Boxes, "", new JudgedFigures(TaskFigure.OfBoth("F1", FigureUnit.Ratio, 1), []));

        string told = Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result, isOfStored: true)).Message;

        Assert.Equal(
            "With all weights stored as integers the network falls below its floor (F1 0.5400, floor 0.9300). So the file holds it in "
                + "float.",
            told
        );
        Assert.EndsWith("so it computes in float.", FormFindings.NotFaster(0.5, 1, areAllStored: false).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixture_that_was_given_up_again_is_not_said_to_be_in_the_file()
    {
        FloorReport floor = new(0.54, FloorOutcome.PartlyFloat, ["conv", "dense"], []);
        TaskResult result = new(TaskKind.Boxes, "", new JudgedFigures(TaskFigure.OfBoth("F1", FigureUnit.Ratio, 0.99), []));

        Finding told = Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result, isGivenUp: true));

        Assert.Equal("QZ307", told.Code);
        Assert.Contains("With 2 nodes given back to float it would keep it, and gain too little time", told.Message);
        NodeReport stored = new("conv", "Conv", NodeDecision.Stored, "", null);
        Assert.StartsWith("only stores its weights", FloorText.FileOf(floor, [stored]));
        Assert.Equal("has some nodes in float", FloorText.FileOf(floor, [stored, stored with { Decision = NodeDecision.Int8 }]));
    }

    [Theory]
    [InlineData("F1 between both", "(F1 between both 90.00 %, floor")]
    [InlineData("IoU", "(IoU 90.00 %, floor")]
    [InlineData("Same decision", "(same decision 90.00 %, floor")]
    public void Names_stay_names_in_a_sentence(string name, string part)
    {
        FloorReport floor = new(90, FloorOutcome.Float, [], []);
        TaskResult result = new(TaskKind.Decisions, "", new JudgedFigures(TaskFigure.OfBoth(name, FigureUnit.Percent, 100), []));

        Assert.Contains(part, Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result)).Message);
    }

    [Fact]
    public void Where_time_ended_the_remedy_is_more_of_it()
    {
        FloorReport floor = new(90, FloorOutcome.Stored, [], [], TimeIsUp: true);
        TaskResult result = new(TaskKind.Decisions, "", new JudgedFigures(TaskFigure.OfBoth("Same decision", FigureUnit.Percent, 99), []));

        Assert.Contains("--floor-seconds", Assert.Single(FloorFindings.Of(floor, TimeSpan.FromSeconds(120), result)).Remedy);
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
