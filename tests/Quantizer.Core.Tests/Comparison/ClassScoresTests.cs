using Quantizer.Comparison;

namespace Quantizer.Core.Tests.Comparison;

public class ClassScoresTests
{
    [Theory]
    [InlineData(new long[] { 1, 1000 }, 1000)]
    [InlineData(new long[] { 1, 10, 1, 1 }, 10)]
    [InlineData(new long[] { 7 }, 7)]
    [InlineData(new long[] { 1, 1 }, 0)]
    [InlineData(new long[] { }, 0)]
    [InlineData(new long[] { 1, 10, 4 }, 0)]
    [InlineData(new long[] { 1, 0 }, 0)]
    public void Scores_are_one_list_of_at_least_two(long[] shape, int classes) => Assert.Equal(classes, ClassScores.CountOf(shape));

    [Fact]
    public void The_first_of_equal_scores_is_the_top_one()
    {
        Assert.Equal(1, ClassScores.TopOf([0f, 3f, 3f, -1f]));
        Assert.Equal(0, ClassScores.TopOf([-2f, -3f]));
    }

    [Fact]
    public void Five_labels_are_in_the_top_five()
    {
        float[] scores = [1f, 7f, 3f, 5f, 2f, 6f, 4f];

        Assert.Equal(
            [false, true, true, true, false, true, true],
            Enumerable.Range(0, 7).Select(label => ClassScores.IsInTop(scores, label))
        );
    }

    [Fact]
    public void Of_equal_scores_the_first_ones_are_in_the_top_five() =>
        Assert.Equal(
            [true, true, true, true, true, false, false],
            Enumerable.Range(0, 7).Select(label => ClassScores.IsInTop(new float[7], label))
        );
}
