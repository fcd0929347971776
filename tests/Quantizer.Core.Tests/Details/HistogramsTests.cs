using Quantizer.Core.Tests.Search;
using Quantizer.Details;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting.Details;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Details;

public class HistogramsTests
{
    private static readonly Study Network = Study.LongTails;
    private static readonly QuantizationPlan Plan = Network.MinMax.Plan(new EntropySelector());

    [Fact]
    public void Every_observed_tensor_is_told_in_the_order_of_the_network()
    {
        Assert.Equal(Network.Sites.Observed.Order(), All(Plan).Select(histogram => histogram.Name).Order());
        Assert.Equal("x", All(Plan)[0].Name);
        Assert.All(
            All(Plan),
            histogram =>
            {
                Assert.Equal(Histograms.Bins, histogram.Bins.Count);
                Assert.Equal(histogram.Count - histogram.Zeros, histogram.Bins.Sum());
            }
        );
    }

    [Fact]
    public void Every_selector_proposes_a_threshold_and_what_it_costs()
    {
        TensorHistogram input = All(Plan)[0];
        Dictionary<string, RangeThreshold> thresholds = input.Thresholds.ToDictionary(threshold => threshold.Method);

        Assert.Equal(["minmax", "percentile:99.999", "percentile:99.99", "entropy", "mse"], thresholds.Keys);
        Assert.Equal((input.Min, input.Max), (thresholds["minmax"].Low, thresholds["minmax"].High));
        // Less is kept, less is covered; and nobody promises less error than the one that looks for the least.
        Assert.True(Width("mse") < Width("minmax"));
        Assert.True(Width("percentile:99.99") <= Width("percentile:99.999"));
        Assert.True(Width("percentile:99.999") <= Width("minmax"));
        Assert.All(thresholds.Values, threshold => Assert.True(threshold.ExpectedSqnrDb <= thresholds["mse"].ExpectedSqnrDb));
        Assert.True(thresholds["minmax"].ExpectedSqnrDb < thresholds["mse"].ExpectedSqnrDb);

        float Width(string method) => thresholds[method].High - thresholds[method].Low;
    }

    [Fact]
    public void The_grid_is_that_of_the_plan()
    {
        TensorHistogram input = All(Plan)[0];
        ActivationPlan planned = Plan.Activations["x"];

        Assert.Equal(("entropy", planned.Parameters.Scale), (input.Chosen, input.Step));
        Assert.Equal(255 * input.Step, input.High - input.Low, 1e-4f);
        Assert.Equal(-planned.Parameters.ZeroPoint * input.Step, input.Low);
    }

    [Fact]
    public void A_tensor_that_stays_in_float_has_no_grid()
    {
        QuantizationPlan without = Plan with
        {
            Activations = Plan.Activations.Where(activation => activation.Key != "x").ToDictionary(),
            Sites = Plan.Sites with { Activations = [.. Plan.Sites.Activations.Where(site => site.Source != "x")] },
        };

        TensorHistogram input = All(without)[0];

        Assert.Equal(("", 0f, 0f, 0f), (input.Chosen, input.Low, input.High, input.Step));
        Assert.Equal(5, input.Thresholds.Count);
    }

    private static IReadOnlyList<TensorHistogram> All(QuantizationPlan plan) =>
        Histograms.Of(Network.Model.Graph, Network.Statistics, plan, new SampleWorkers(2, CancellationToken.None));
}
