using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>Turns statistics into numbers for every site. Trying another selector costs no inference.</summary>
internal sealed class RangePlanner
{
    private readonly QuantizationSites _sites;
    private readonly CalibrationStatistics _statistics;
    private readonly Dictionary<string, Tensor> _constants;
    private readonly WeightOptions _weights;
    private readonly Dictionary<string, ActivationSite> _sources;
    private readonly Dictionary<(string Tensor, int Axis), float[]> _weightScales = [];

    public RangePlanner(QuantizationSites sites, CalibrationStatistics statistics, Graph graph, WeightOptions weights)
    {
        _sites = sites;
        _statistics = statistics;
        _constants = graph.Initializers.ToDictionary(tensor => tensor.Name);
        _weights = weights;
        // The first of those that share a scale is the one that the others are moved from.
        _sources = sites.Activations.GroupBy(site => site.Source).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>A plan with the ranges of one selector.</summary>
    public QuantizationPlan Plan(IRangeSelector selector)
    {
        Dictionary<string, ActivationPlan> activations = [];
        foreach ((string source, ActivationSite site) in _sources) activations[source] = PlanOf(source, site, selector);
        // The last Concat first, so that a chain of them ends up with one scale.
        foreach ((string source, ActivationSite site) in _sources.Reverse()) Join(activations, source, site);
        return WithWeights(activations);
    }

    /// <summary>What the methods of "auto" propose for one tensor, the most promising first.</summary>
    public IReadOnlyList<ActivationPlan> Candidates(string source)
    {
        ActivationSite site = _sources[source];
        TensorStatistics statistics = _statistics.Tensors[source];
        return [.. AutoSelector.Rank(statistics, site.Scheme).Select(candidate => Fitted(statistics, site, candidate.Method, candidate.Range))];
    }

    /// <summary>The plan with one activation's numbers replaced; what joins it, weights and biases follow.</summary>
    public QuantizationPlan WithActivation(QuantizationPlan plan, string source, ActivationPlan activation)
    {
        Dictionary<string, ActivationPlan> activations = new(plan.Activations) { [source] = activation };
        foreach ((string other, ActivationSite site) in _sources.Reverse())
            if (other != source) Join(activations, other, site);
        return WithWeights(activations);
    }

    private QuantizationPlan WithWeights(Dictionary<string, ActivationPlan> activations)
    {
        Dictionary<string, string> sourceOf = _sites.Activations.ToDictionary(site => site.Tensor, site => site.Source);
        List<WeightPlan> weights = [];
        foreach (WeightSite site in _sites.Weights)
        {
            float activationScale = activations[sourceOf[site.Activation]].Parameters.Scale;
            weights.Add(WeightPlanner.Plan(site, WeightScalesOf(site), activationScale, site.Bias is { } bias ? _constants[bias.Tensor] : null));
        }
        Dictionary<string, QuantizationParameters> constants = [];
        foreach (ConstantSite site in _sites.Constants) constants[site.Tensor] = QuantizationParameters.FromRange(RangeOf(_constants[site.Tensor]), site.Scheme);
        return new QuantizationPlan(_sites, activations, weights, constants);
    }

    /// <summary>They do not depend on the activations, and searching them takes longer than all the rest of a plan.</summary>
    private float[] WeightScalesOf(WeightSite site)
    {
        if (_weightScales.TryGetValue((site.Tensor, site.Axis), out float[]? scales)) return scales;
        return _weightScales[(site.Tensor, site.Axis)] = WeightPlanner.Scales(site, _constants[site.Tensor], _weights);
    }

    private ActivationPlan PlanOf(string source, ActivationSite site, IRangeSelector selector)
    {
        TensorStatistics statistics = _statistics.Tensors[source];
        if (selector is not AutoSelector) return Fitted(statistics, site, selector.Name, selector.Select(statistics, site.Scheme));
        RangeCandidate best = AutoSelector.Rank(statistics, site.Scheme)[0];
        return Fitted(statistics, site, best.Method, best.Range);
    }

    private ActivationPlan Fitted(TensorStatistics statistics, ActivationSite site, string method, ValueRange range)
    {
        QuantizationParameters parameters = ClampFit.Fit(range, site.Bound, site.Scheme, _sites.Target);
        double expected = ExpectedError.Of(statistics, parameters).SqnrDb;
        return new ActivationPlan(parameters, new ValueRange(statistics.Min, statistics.Max), method, expected);
    }

    /// <summary>Gives a tensor the numbers of the Concat it ends in, unless the clamp in front of it would then no longer disappear.</summary>
    private void Join(Dictionary<string, ActivationPlan> activations, string source, ActivationSite site)
    {
        if (site.Joins is not { } joined || !activations.TryGetValue(joined, out ActivationPlan? whole)) return;
        if (site.Bound is { } bound && !_sites.Target.Absorbs(whole.Parameters, bound)) return;
        double expected = ExpectedError.Of(_statistics.Tensors[source], whole.Parameters).SqnrDb;
        activations[source] = activations[source] with { Parameters = whole.Parameters, Method = $"as {joined}", ExpectedSqnrDb = expected };
    }

    private static ValueRange RangeOf(Tensor constant)
    {
        ValueRange range = new(0f, 0f);
        foreach (float value in constant.Values<float>()) range = range.Union(new ValueRange(value, value));
        return range;
    }
}
