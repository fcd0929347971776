using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Reporting.Texts;

public sealed class CostTextTests
{
    private static readonly OutputCosts Costs = new(
        8,
        54,
        [new LayerCost("a", 28.1, 2.34), new LayerCost("b", 33, -0.2), new LayerCost("c", 40, null), new LayerCost("d", 50, null)],
        "the rest would take too long",
        28,
        34,
        29.5
    );

    [Fact]
    public void The_three_costliest_are_named() =>
        Assert.Equal(
            "a 28.1 dB alone (+2.3 dB with it in float), b 33.0 dB alone (-0.2 dB with it in float), c 40.0 dB alone",
            CostText.Costliest(Costs)
        );

    [Fact]
    public void How_many_of_how_many_were_measured_is_said_and_why()
    {
        Assert.Equal("4 of 54 layers measured on 8 samples: the rest would take too long", CostText.Measured(Costs));
        Assert.Equal("4 layers measured on 1 sample", CostText.Measured(Costs with { LayersInAll = 4, Samples = 1, WhyNotAll = "" }));
    }

    [Fact]
    public void Weights_and_activations_stand_beside_both()
    {
        Assert.Equal("weights alone 34.0 dB, activations alone 29.5 dB, both 28.0 dB", CostText.Split(Costs));
        Assert.Equal(
            "weights alone identical, activations alone -, both 28.0 dB",
            CostText.Split(Costs with { WeightsDb = OutputCosts.MostDb, ActivationsDb = null })
        );
    }

    [Theory]
    [InlineData(34, 29.5, "activations cost more")]
    [InlineData(29.5, 34, "weights cost more")]
    [InlineData(30, 32, "both cost about as much")]
    [InlineData(OutputCosts.MostDb, OutputCosts.MostDb, "neither costs anything")]
    public void The_one_that_costs_clearly_more_is_named(double weights, double activations, string expected) =>
        Assert.StartsWith(expected, CostText.Advice(Costs with { WeightsDb = weights, ActivationsDb = activations, BothDb = 28 }));

    [Fact]
    public void Where_one_was_corrected_by_the_other_neither_is_blamed() =>
        Assert.StartsWith("biases and rounding were corrected for both", CostText.Advice(Costs with { WeightsDb = 20, BothDb = 24 }));

    [Fact]
    public void Where_one_is_not_known_nothing_is_advised() => Assert.Empty(CostText.Advice(Costs with { ActivationsDb = null }));
}
