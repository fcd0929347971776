using Quantizer.Fallback;
using Quantizer.Pipeline.Reports;

namespace Quantizer.Core.Tests.Pipeline.Reports;

public sealed class CostingTests
{
    private static readonly MeasuredCosts Measured = new([new MeasuredLayer("a", 30, 1), new MeasuredLayer("b", 40, null)], 8, 29, 50, 30);

    [Fact]
    public void Where_all_layers_are_measured_nothing_is_said_of_others() =>
        Assert.Empty(Costing.Told(Measured, layers: 2, new CostBudget(8, 2, 1)).WhyNotAll);

    [Fact]
    public void The_budget_is_named_where_it_leaves_layers_out() =>
        Assert.Equal(
            "more would take longer than 600 billion multiply-accumulates; those with the most error of their own came first",
            Costing.Told(Measured, layers: 5, new CostBudget(8, 2, 1)).WhyNotAll
        );

    [Fact]
    public void Layers_that_do_not_run_alone_are_counted() =>
        Assert.Equal("1 cannot be in integers without neighbours", Costing.Told(Measured, layers: 3, new CostBudget(8, 3, 1)).WhyNotAll);
}
