using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class SearchBudgetTests
{
    [Fact]
    public void Larger_networks_get_fewer_moves()
    {
        Assert.True(SearchBudget.Moves(10_000_000, 128) > SearchBudget.Moves(500_000_000, 128));
        Assert.True(SearchBudget.Moves(500_000_000, 128) > SearchBudget.Moves(2_000_000_000, 128));
        Assert.Equal(0, SearchBudget.Moves(1_000_000_000_000, 128));
    }

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
