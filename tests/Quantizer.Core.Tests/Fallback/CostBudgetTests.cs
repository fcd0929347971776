using Quantizer.Fallback;

namespace Quantizer.Core.Tests.Fallback;

public sealed class CostBudgetTests
{
    [Fact]
    public void Of_a_small_network_every_layer_is_measured_on_eight_samples() =>
        Assert.Equal(
            new CostBudget(Samples: 8, Alone: 20, GivenBack: 8),
            CostBudget.Of(41_000_000, bytes: 1_000_000, layers: 20, samples: 500)
        );

    [Fact]
    public void Where_there_are_fewer_samples_or_layers_there_are_no_more() =>
        Assert.Equal(new CostBudget(Samples: 3, Alone: 2, GivenBack: 2), CostBudget.Of(1000, bytes: 1_000_000, layers: 2, samples: 3));

    [Fact]
    public void Samples_are_given_up_before_layers_are()
    {
        CostBudget budget = CostBudget.Of(1_000_000_000, bytes: 1_000_000, layers: 40, samples: 500);

        Assert.Equal(40, budget.Alone);
        Assert.InRange(budget.Samples, 2, 4);
    }

    [Theory]
    [InlineData(1, 1, 100_000)]
    [InlineData(4_100_000_000, 100_000_000, 54)]
    [InlineData(80_000_000_000, 100_000_000, 300)]
    [InlineData(100_000_000, 3_000_000_000, 40)]
    [InlineData(long.MaxValue / 2, 1, 10)]
    public void What_is_measured_stays_within_the_budget(long macs, long bytes, int layers)
    {
        CostBudget budget = CostBudget.Of(macs, bytes, layers, samples: 500);

        Assert.InRange(budget.Alone, 0, layers - 1);
        Assert.InRange((double)(budget.Alone + budget.GivenBack) * budget.Samples * macs, 0, CostBudget.All);
    }

    [Fact]
    public void Without_samples_or_layers_nothing_is_measured()
    {
        Assert.Equal(0, CostBudget.Of(1000, bytes: 1_000_000, layers: 5, samples: 0).Samples);
        Assert.Equal(0, CostBudget.Of(1000, bytes: 1_000_000, layers: 0, samples: 5).Alone);
    }
}
