using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class SearchBudgetTests
{
    [Fact]
    public void Larger_networks_get_fewer_moves_and_none_where_a_few_would_find_nothing()
    {
        Assert.True(SearchBudget.Moves(10_000_000, 128) > SearchBudget.Moves(150_000_000, 128));
        Assert.True(SearchBudget.Moves(150_000_000, 128) > 0);
        Assert.Equal(0, SearchBudget.Moves(500_000_000, 128));
    }

    [Theory]
    [InlineData(1_000_000, 512, 128)]
    [InlineData(700_000_000, 512, 28)]
    [InlineData(2_300_000_000, 512, 8)]
    [InlineData(2_300_000_000, 4, 4)]
    [InlineData(1_000_000, 20, 20)]
    public void Plans_of_large_networks_are_first_tried_on_fewer_samples(long macs, int samples, int expected) =>
        Assert.Equal(expected, SearchBudget.FirstSamples(macs, samples));

    [Theory]
    [InlineData(1_000_000, 512, 512)]
    [InlineData(400_000_000, 512, 250)]
    [InlineData(400_000_000, 150, 150)]
    [InlineData(2_300_000_000, 512, 128)]
    [InlineData(5_000_000_000, 512, 100)]
    [InlineData(11_000_000_000, 512, 48)]
    [InlineData(11_000_000_000, 16, 16)]
    public void Fewer_samples_decide_about_large_networks(long macs, int samples, int expected) =>
        Assert.Equal(expected, SearchBudget.DecidingSamples(macs, samples));

    [Theory]
    [InlineData(128, 32)]
    [InlineData(8, 4)]
    [InlineData(2, 4)]
    public void Hopeless_plans_show_on_a_part_of_the_first_samples(int first, int expected) =>
        Assert.Equal(expected, SearchBudget.FirstRound(first));

    [Fact]
    public void Opening_and_running_are_never_taken_for_free() => Assert.Equal(SearchBudget.Moves(0, 8), SearchBudget.Moves(1_000_000, 8));

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(16, new[] { 16 })]
    [InlineData(32, new[] { 16 })]
    [InlineData(41, new[] { 32 })]
    [InlineData(128, new[] { 32 })]
    [InlineData(512, new[] { 32, 128 })]
    public void Moves_are_tried_on_a_few_samples_and_then_on_more(int samples, int[] expected) =>
        Assert.Equal(expected, SearchBudget.ScreeningSamples(samples));
}
