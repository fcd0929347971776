using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public class ShowingTests
{
    private static readonly PreparationCandidate Candidate = Assert.Single(
        CandidateTable.For(
            new PictureInput("x", ElementType.Float, TensorLayout.Nchw, 1, 8, 8),
            new PictureOptions { Preset = PicturePreset.Raw }
        )
    );

    [Theory]
    // One chance in 2^7 = 0.0078 and 2^8 = 0.0039; 0.005 is asked for.
    [InlineData(7, 0, 0, false)]
    [InlineData(8, 0, 0, true)]
    [InlineData(8, 0, 200, true)]
    [InlineData(0, 8, 0, false)]
    [InlineData(0, 0, 4, false)]
    // 11 of 12: 13/4096 = 0.0032; 10 of 12: 79/4096 = 0.019.
    [InlineData(11, 1, 0, true)]
    [InlineData(10, 2, 0, false)]
    [InlineData(6, 6, 100, false)]
    // 65 of 100: 0.0018; 62 of 100: 0.0105.
    [InlineData(65, 35, 0, true)]
    [InlineData(62, 38, 0, false)]
    public void Being_right_more_often_counts_where_chance_does_not_explain_it(int onlyOne, int onlyOther, int both, bool counts)
    {
        double[] one = [.. Enumerable.Repeat(1.0, onlyOne), .. Enumerable.Repeat(0.0, onlyOther), .. Enumerable.Repeat(1.0, both)];
        double[] other = [.. Enumerable.Repeat(0.0, onlyOne), .. Enumerable.Repeat(1.0, onlyOther), .. Enumerable.Repeat(1.0, both)];

        Assert.Equal(counts, new Showing(Candidate, one).IsMoreOftenRight(new Showing(Candidate, other)));
    }

    [Fact]
    public void A_larger_score_counts_from_its_ratio_on()
    {
        Assert.True(Shows(0.6, 0.62, 0.58).IsLarger(Shows(0.3, 0.32, 0.28), 2));
        Assert.False(Shows(0.6, 0.62, 0.58).IsLarger(Shows(0.31, 0.33, 0.29), 2));
        Assert.False(Shows(0.3, 0.32, 0.28).IsLarger(Shows(0.6, 0.62, 0.58), 2));
    }

    [Fact]
    public void A_lead_takes_less_than_proof()
    {
        // Differences 3, 1, 1, 0: mean 1.25, standard error 0.63; and 3, 1, 0, 0: mean 1, standard error 0.71.
        Assert.False(Shows(4, 2, 2, 1).IsLarger(Shows(1, 1, 1, 1), 1.15));
        Assert.False(Shows(4, 2, 2, 1).IsAhead(Shows(1, 1, 1, 1)));
        Assert.True(Shows(4, 3, 3, 2).IsAhead(Shows(1, 1, 1, 1)));
        // Five of five by chance: 0.031.
        Assert.True(Shows(1, 1, 1, 1, 1).IsMoreOftenRightSoFar(Shows(0, 0, 0, 0, 0)));
        Assert.False(Shows(1, 1, 1, 1).IsMoreOftenRightSoFar(Shows(0, 0, 0, 0)));
        Assert.False(Shows(1, 1, 1, 1, 1).IsMoreOftenRight(Shows(0, 0, 0, 0, 0)));
    }

    [Fact]
    public void A_larger_score_that_few_pictures_made_does_not_count()
    {
        // Differences 4, 0, 0, 0: mean 1, standard error 1.
        Assert.False(Shows(5, 1, 1, 1).IsLarger(Shows(1, 1, 1, 1), 1.15));
        // Differences 1, 1, 1, 1.4: mean 1.1, standard error 0.1.
        Assert.True(Shows(2, 2, 2, 2.4).IsLarger(Shows(1, 1, 1, 1), 1.15));
    }

    [Fact]
    public void Answers_that_are_no_numbers_lose_to_any_that_are()
    {
        Showing none = new(Candidate, [double.NegativeInfinity, double.NegativeInfinity]);

        Assert.True(Shows(0.1, 0.1).IsLarger(none, 2));
        Assert.False(none.IsLarger(Shows(0.1, 0.1), 2));
        Assert.False(none.IsLarger(none, 2));
    }

    private static Showing Shows(params double[] perPicture) => new(Candidate, perPicture);
}
