using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Ranges.Planning;

public class RangePlannerTests
{
    private static readonly QuantizationScheme Scheme = QuantizationScheme.UInt8Asymmetric;

    [Fact]
    public void A_tensor_gets_the_numbers_of_its_own_values()
    {
        ActivationPlan plan = Plan([Site("x")], ("x", [-1f, 0.5f, 3f])).Activations["x"];

        Assert.Equal(new QuantizationParameters(4f / 255f, 64, Scheme), plan.Parameters);
        Assert.Equal((new ValueRange(-1f, 3f), "minmax"), (plan.Seen, plan.Method));
    }

    [Fact]
    public void Moved_tensors_have_no_numbers_of_their_own()
    {
        QuantizationPlan plan = Plan([Site("x"), Site("moved") with { Source = "x" }], ("x", [-1f, 3f]));

        Assert.Equal(["x"], plan.Activations.Keys);
    }

    [Fact]
    public void A_range_is_cut_to_the_clamp_in_front_of_the_tensor()
    {
        QuantizationPlan plan = Plan([Site("x") with { Bound = new ValueRange(0f, 2f) }], ("x", [0f, 2f]));

        Assert.Equal(new QuantizationParameters(2f / 255f, 0, Scheme), plan.Activations["x"].Parameters);
    }

    [Fact]
    public void Inputs_of_a_Concat_take_the_numbers_of_the_whole()
    {
        QuantizationPlan plan = Plan(
            [Site("a") with { Joins = "whole" }, Site("b") with { Joins = "whole" }, Site("whole")],
            ("a", [0f, 1f]),
            ("b", [-1f, 3f]),
            ("whole", [-1f, 0f, 1f, 3f])
        );

        QuantizationParameters whole = new(4f / 255f, 64, Scheme);
        Assert.Equal([whole, whole, whole], plan.Activations.Values.Select(activation => activation.Parameters));
        Assert.Equal("as whole", plan.Activations["a"].Method);
        // What calibration saw is still the tensor's own.
        Assert.Equal(new ValueRange(0f, 1f), plan.Activations["a"].Seen);
    }

    [Fact]
    public void Chained_Concats_end_up_with_the_last_ones_numbers()
    {
        QuantizationPlan plan = Plan(
            [Site("a") with { Joins = "inner" }, Site("inner") with { Joins = "outer" }, Site("outer")],
            ("a", [0f, 1f]),
            ("inner", [0f, 2f]),
            ("outer", [0f, 5.1f])
        );

        Assert.Equal([5.1f / 255f], plan.Activations.Values.Select(activation => activation.Parameters.Scale).Distinct());
    }

    [Fact]
    public void A_clamped_tensor_joins_only_where_its_clamp_still_disappears()
    {
        ActivationSite relu = Site("relu") with { Joins = "whole", Bound = new ValueRange(0f, float.PositiveInfinity) };

        QuantizationPlan apart = Plan([relu, Site("whole")], ("relu", [0f, 1f]), ("whole", [-1f, 0f, 1f]));
        QuantizationPlan joined = Plan([relu, Site("whole")], ("relu", [0f, 1f]), ("whole", [0f, 1f, 2f]));

        Assert.Equal(1f / 255f, apart.Activations["relu"].Parameters.Scale);
        Assert.Equal(2f / 255f, joined.Activations["relu"].Parameters.Scale);
    }

    [Fact]
    public void Weights_are_planned_with_the_scale_of_what_they_multiply()
    {
        WeightSite weights = new("node", 1, "w", 0, QuantizationScheme.Int8Symmetric, "moved", new BiasSite("node", 2, "b"));
        Graph graph = new GraphBuilder().Constant("w", [1, 2], [1.27f, 0f]).Constant("b", [1], [1f]).BuildGraph();
        QuantizationSites sites = Sites([Site("x"), Site("moved") with { Source = "x" }], [weights]);

        WeightPlan plan = Assert.Single(
            new RangePlanner(sites, Statistics(("x", [0f, 2.55f])), graph, WeightOptions.Default).Plan(new MinMaxSelector()).Weights
        );

        Assert.Equal([1.27f / 127f], plan.Scales);
        Assert.Equal([2.55f / 255f * (1.27f / 127f)], plan.BiasScales);
    }

    [Fact]
    public void Weights_without_a_scale_are_told_when_they_are_prepared()
    {
        WeightSite weights = new("node", 1, "w", 0, QuantizationScheme.Int8Symmetric, "x", null);
        Graph graph = new GraphBuilder().Constant("w", [1, 2], [1f, float.NaN]).BuildGraph();
        RangePlanner planner = new(Sites([Site("x")], [weights]), Statistics(("x", [0f, 1f])), graph, WeightOptions.Default);

        Assert.Throws<QuantizationException>(() => planner.PrepareWeights(OneByOne));
    }

    [Fact]
    public void Constants_are_planned_by_their_own_values_and_zero()
    {
        Graph graph = new GraphBuilder().Constant("c", [2], [1f, 2.55f]).BuildGraph();
        QuantizationSites sites = Sites([], []) with { Constants = [new ConstantSite("node", 1, "c", Scheme)] };

        QuantizationPlan plan = new RangePlanner(sites, Statistics(), graph, WeightOptions.Default).Plan(new MinMaxSelector());

        Assert.Equal(new QuantizationParameters(2.55f / 255f, 0, Scheme), plan.Constants["c"]);
    }

    [Fact]
    public void Replacing_one_tensors_numbers_carries_what_joins_it_along()
    {
        QuantizationSites sites = Sites([Site("a") with { Joins = "whole" }, Site("whole"), Site("other")], []);
        RangePlanner planner = new(
            sites,
            Statistics(("a", [0f, 1f]), ("whole", [0f, 2f]), ("other", [0f, 3f])),
            new Graph(),
            WeightOptions.Default
        );
        QuantizationPlan plan = planner.Plan(new MinMaxSelector());

        QuantizationPlan changed = planner.WithActivation(plan, "whole", plan.Activations["other"]);

        Assert.Equal([3f / 255f, 3f / 255f, 3f / 255f], changed.Activations.Values.Select(activation => activation.Parameters.Scale));
        Assert.Equal(2f / 255f, plan.Activations["whole"].Parameters.Scale);
    }

    [Fact]
    public void A_selector_may_look_at_the_statistics_themselves()
    {
        RangePlanner planner = new(Sites([Site("x")], []), Statistics(("x", [0f, 1f, 7f])), new Graph(), WeightOptions.Default);

        ActivationPlan plan = planner.Plan(new CountSelector()).Activations["x"];

        Assert.Equal((3f / 255f, "count"), (plan.Parameters.Scale, plan.Method));
    }

    /// <summary>Searching ranges is what takes time in a plan: workers do it side by side before.</summary>
    [Fact]
    public void What_was_prepared_is_not_searched_again()
    {
        CountingSelector selector = new();
        ActivationRanges ranges = new(Sites([Site("x"), Site("y")], []), Statistics(("x", [0f, 1f]), ("y", [0f, 2f])));

        ranges.Prepare(selector, OneByOne);
        Assert.Equal(2, selector.Calls);
        Assert.Equal(new ValueRange(0f, 1f), ranges.Select("x", selector).Seen);
        Assert.Equal(new ValueRange(0f, 2f), ranges.Select("y", selector).Seen);
        Assert.Equal(2, selector.Calls);
    }

    private static void OneByOne(int count, Action<int> job)
    {
        for (int i = 0; i < count; i++)
            job(i);
    }

    private static QuantizationPlan Plan(ActivationSite[] sites, params (string Tensor, float[] Values)[] seen) =>
        new RangePlanner(Sites(sites, []), Statistics(seen), new Graph(), WeightOptions.Default).Plan(new MinMaxSelector());

    private static ActivationSite Site(string tensor) => new(tensor, tensor, Scheme, ForAllReaders: true, Joins: null, Bound: null);

    private static QuantizationSites Sites(ActivationSite[] activations, WeightSite[] weights) =>
        new(QuantizationTarget.Default.Target, activations, weights, [], TargetEdits.None, []);

    private static CalibrationStatistics Statistics(params (string Tensor, float[] Values)[] seen)
    {
        Dictionary<string, TensorStatistics> tensors = [];
        foreach ((string tensor, float[] values) in seen)
        {
            tensors[tensor] = new TensorStatistics();
            tensors[tensor].Add(values);
        }
        return new CalibrationStatistics(tensors, 1);
    }

    /// <summary>From zero to the number of values.</summary>
    private sealed class CountSelector : IRangeSelector
    {
        public string Name => "count";

        public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme) => new(0f, statistics.Zeros + statistics.NonZeros);
    }

    private sealed class CountingSelector : IDensitySelector
    {
        public int Calls { get; private set; }

        public string Name => "counting";

        public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme) =>
            SelectFrom(ValueDensity.From(statistics), scheme);

        public ValueRange SelectFrom(ValueDensity density, QuantizationScheme scheme)
        {
            Calls++;
            return new ValueRange((float)density.Min, (float)density.Max);
        }
    }
}
