using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Reporting.Texts;

public class CertaintyTextTests
{
    [Fact]
    public void The_interval_and_what_became_of_answers_are_told()
    {
        Assert.Equal(
            "98.46 to 99.35 % (95 % interval of 2,000 samples)",
            CertaintyText.Interval(new CertaintyReport(2000, 98.4604, 99.3517))
        );
        Assert.Equal(
            "12 of 2,000 answers went from right to wrong, 8 from wrong to right, and 3 from one wrong answer to another",
            CertaintyText.Changes(new AnswerChangesReport(2000, 12, 8, 3, 0.5))
        );
    }

    [Theory]
    [InlineData(0, 0, 0, "None of 2,000 answers changed")]
    [InlineData(0, 0, 1, "1 of 2,000 answers went from one wrong answer to another")]
    [InlineData(0, 8, 3, "8 of 2,000 answers went from wrong to right, and 3 from one wrong answer to another")]
    public void Changes_that_did_not_happen_are_not_told(int lost, int won, int other, string text) =>
        Assert.Equal(text, CertaintyText.Changes(new AnswerChangesReport(2000, lost, won, other, 1)));

    [Theory]
    [InlineData(12, 8, 0.503, "that INT8 is less often right may be chance (p = 0.503, exact McNemar test)")]
    [InlineData(15, 5, 0.0414, "that INT8 is less often right is hardly chance (p = 0.041, exact McNemar test)")]
    [InlineData(0, 20, 0.0000019, "that INT8 is more often right is hardly chance (p < 0.001, exact McNemar test)")]
    [InlineData(4, 4, 1, "both models are right equally often")]
    public void The_test_is_told_in_words(int lost, int won, double p, string text) =>
        Assert.Equal(text, CertaintyText.Verdict(new AnswerChangesReport(100, lost, won, 0, p)));

    [Fact]
    public void That_more_samples_would_decide_is_told_where_few_answers_are_missing()
    {
        Assert.Equal(
            "It lacks 1 answer of 100 to keep the floor, which is within what so few samples tell: more samples would decide.",
            CertaintyText.Undecided(1, 100)
        );
        Assert.Equal("", CertaintyText.Undecided(0, 100));
    }
}
