using Quantizer.Pipeline.Forms;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Pipeline.Forms;

/// <summary>A form is taken for what it gains.</summary>
public class FormTrialTests
{
    [Theory]
    // More than is asked for.
    [InlineData(0, 0.6, true)]
    [InlineData(0, 0.4, false)]
    // And no less than it costs.
    [InlineData(3, 2.9, false)]
    [InlineData(3, 3.1, true)]
    public void It_must_gain_what_it_costs(double cost, double gain, bool isBetter)
    {
        const double Fixed = 30;

        Assert.Equal(isBetter, Trial(cost, Fixed + gain).IsBetter(Fixed, leastDb: 0.5));
    }

    [Fact]
    public void One_that_does_not_run_is_never_better()
    {
        Assert.False(Trial(cost: 0, sqnrDb: null).IsBetter(double.NegativeInfinity, leastDb: 0));
    }

    /// <summary>Neither placement nor plan is looked at.</summary>
    private static FormTrial Trial(double cost, double? sqnrDb) =>
        new(
            new OtherForm(ActivationMode.Dynamic, Why: null, cost),
            null!,
            null!,
            new SearchResult(null!, sqnrDb, Trials: 1, Kept: 0) { Selector = new MinMaxSelector(), WeightRanges = WeightRangeMethod.MinMax }
        );
}
