using System.Collections.Concurrent;
using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>Turns statistics into numbers for every site. Trying another selector costs no inference.</summary>
internal sealed class RangePlanner
{
    private readonly QuantizationSites _sites;
    private readonly ActivationRanges _ranges;
    private readonly Dictionary<string, Tensor> _constants;
    private readonly WeightOptions _weights;
    private readonly Dictionary<string, string> _sourceOf;
    private readonly BlockRanges _blocks;
    private readonly ConcurrentDictionary<(string Tensor, int Axis, QuantizationScheme Scheme), float[]> _weightScales = [];

    public RangePlanner(QuantizationSites sites, CalibrationStatistics statistics, Graph graph, WeightOptions weights)
        : this(sites, new ActivationRanges(sites, statistics), new BlockRanges(sites, graph), graph, weights) { }

    /// <param name="ranges">What the selectors propose, perhaps shared with other planners.</param>
    /// <param name="blocks">Likewise.</param>
    public RangePlanner(QuantizationSites sites, ActivationRanges ranges, BlockRanges blocks, Graph graph, WeightOptions weights)
    {
        _sites = sites;
        _ranges = ranges;
        _blocks = blocks;
        _constants = graph.Initializers.ToDictionary(tensor => tensor.Name);
        _weights = weights;
        Weights =
        [
            .. sites
                .Weights.Select(site => (site.Tensor, site.Axis, site.Scheme))
                .Concat(sites.Dynamic.Select(site => (site.Tensor, site.Axis, site.Scheme)))
                .Concat(sites.Stored.Where(site => site.Blocks is null).Select(site => (site.Tensor, site.Axis, site.Scheme)))
                .Distinct(),
        ];
        _sourceOf = sites.Activations.ToDictionary(site => site.Tensor, site => site.Source);
    }

    /// <summary>Every constant that has scales along an axis.</summary>
    internal IReadOnlyList<(string Tensor, int Axis, QuantizationScheme Scheme)> Weights { get; }

    /// <summary>Computes on several threads what plans of a selector are made of. A plan computes what is missing on one.</summary>
    /// <param name="sideBySide">Does so many jobs.</param>
    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    internal void Prepare(IRangeSelector selector, Action<int, Action<int>> sideBySide)
    {
        _ranges.Prepare(selector, sideBySide);
        PrepareWeights(sideBySide);
    }

    /// <summary>The scales of weights, as above.</summary>
    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    internal void PrepareWeights(Action<int, Action<int>> sideBySide) =>
        sideBySide(
            Weights.Count,
            i =>
            {
                (string tensor, int axis, QuantizationScheme scheme) = Weights[i];
                WeightScalesOf(tensor, axis, scheme);
            }
        );

    /// <summary>A plan with the ranges of one selector.</summary>
    public QuantizationPlan Plan(IRangeSelector selector)
    {
        Dictionary<string, ActivationPlan> activations = [];
        foreach ((string source, _) in _ranges.Sources)
            activations[source] = _ranges.Select(source, selector);
        // The last Concat first, so that a chain of them ends up with one scale.
        foreach ((string source, ActivationSite site) in _ranges.Sources.Reverse())
            Join(activations, source, site);
        return WithWeights(activations);
    }

    /// <summary>A plan with the numbers of another one of the same model, as far as they quantize the same.</summary>
    /// <param name="known">A plan for other sites.</param>
    /// <param name="selector">Gives the ranges of activations that it does not know.</param>
    public QuantizationPlan Plan(QuantizationPlan known, IRangeSelector selector)
    {
        HashSet<ActivationSite> same = [.. known.Sites.Activations];
        Dictionary<string, ActivationPlan> activations = _ranges.Sources.ToDictionary(
            source => source.Source,
            source => same.Contains(source.Site) ? known.Activations[source.Source] : _ranges.Select(source.Source, selector)
        );
        foreach ((string tensor, int axis, QuantizationScheme scheme, IReadOnlyList<float> scales) in ScalesOf(known))
            _weightScales.TryAdd((tensor, axis, scheme), [.. scales]);
        foreach (StoredPlan stored in known.Stored.Where(stored => stored.Site.Blocks is not null))
            _blocks.Know(stored);
        QuantizationPlan plan = WithWeights(activations);
        Dictionary<WeightSite, WeightPlan> planned = known.Weights.ToDictionary(weights => weights.Site);
        KnownRounding rounding = new(known);
        return plan with
        {
            Weights = [.. plan.Weights.Select(AsKnown)],
            Dynamic = [.. plan.Dynamic.Select(rounding.Of)],
            Stored = [.. plan.Stored.Select(rounding.Of)],
        };

        // With the bias that was corrected for it, where that has the scale it was rounded to.
        WeightPlan AsKnown(WeightPlan weights) =>
            planned.TryGetValue(weights.Site, out WeightPlan? same) && same.BiasScales.SequenceEqual(weights.BiasScales) ? same : weights;
    }

    /// <summary>What the methods of "auto" propose for one tensor, the most promising first.</summary>
    public IReadOnlyList<ActivationPlan> Candidates(string source) => _ranges.Candidates(source);

    /// <summary>The plan with one activation's numbers replaced; what joins it, weights and biases follow.</summary>
    public QuantizationPlan WithActivation(QuantizationPlan plan, string source, ActivationPlan activation)
    {
        Dictionary<string, ActivationPlan> activations = new(plan.Activations) { [source] = activation };
        foreach ((string other, ActivationSite site) in _ranges.Sources.Reverse())
        {
            if (other != source)
                Join(activations, other, site);
        }

        return WithWeights(activations);
    }

    private QuantizationPlan WithWeights(Dictionary<string, ActivationPlan> activations)
    {
        List<WeightPlan> weights = [];
        foreach (WeightSite site in _sites.Weights)
        {
            float activationScale = activations[_sourceOf[site.Activation]].Parameters.Scale;
            weights.Add(
                WeightPlanner.Plan(
                    site,
                    WeightScalesOf(site.Tensor, site.Axis, site.Scheme),
                    activationScale,
                    site.Bias is { Tensor: { } bias } ? _constants[bias] : null
                )
            );
        }
        Dictionary<string, QuantizationParameters> constants = [];
        foreach (ConstantSite site in _sites.Constants)
            constants[site.Tensor] = QuantizationParameters.FromRange(RangeOf(_constants[site.Tensor]), site.Scheme);
        return new QuantizationPlan(_sites, activations, weights, constants)
        {
            Dynamic = [.. _sites.Dynamic.Select(site => new DynamicPlan(site, UsableScalesOf(site.Tensor, site.Axis, site.Scheme)))],
            Stored = [.. _sites.Stored.Select(StoredPlanOf)],
        };
    }

    private StoredPlan StoredPlanOf(StoredSite site) =>
        site.Blocks is null ? new StoredPlan(site, UsableScalesOf(site.Tensor, site.Axis, site.Scheme)) : _blocks.Of(site);

    private static IEnumerable<(string Tensor, int Axis, QuantizationScheme Scheme, IReadOnlyList<float> Scales)> ScalesOf(
        QuantizationPlan plan
    ) =>
        plan
            .Weights.Select(weights => (weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme, weights.Scales))
            .Concat(plan.Dynamic.Select(weights => (weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme, weights.Scales)))
            .Concat(
                plan.Stored.Where(weights => weights.Site.Blocks is null)
                    .Select(weights => (weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme, weights.Scales))
            );

    /// <summary>They do not depend on the activations, and searching them takes longer than all the rest of a plan.</summary>
    private float[] WeightScalesOf(string tensor, int axis, QuantizationScheme scheme) =>
        _weightScales.GetOrAdd((tensor, axis, scheme), _ => WeightPlanner.Scales(_constants[tensor], axis, scheme, _weights));

    private float[] UsableScalesOf(string tensor, int axis, QuantizationScheme scheme) =>
        WeightPlanner.Usable(WeightScalesOf(tensor, axis, scheme));

    /// <summary>Gives a tensor the numbers of the Concat it ends in, unless the clamp in front of it would then no longer
    /// disappear.</summary>
    private void Join(Dictionary<string, ActivationPlan> activations, string source, ActivationSite site)
    {
        if (site.Joins is not { } joined || !activations.TryGetValue(joined, out ActivationPlan? whole))
            return;
        if (site.Bound is { } bound && !_sites.Target.Absorbs(whole.Parameters, bound))
            return;
        double expected = _ranges.ExpectedSqnrDb(source, whole.Parameters);
        activations[source] = activations[source] with
        {
            Parameters = whole.Parameters,
            Method = $"as {joined}",
            ExpectedSqnrDb = expected,
        };
    }

    private static ValueRange RangeOf(Tensor constant)
    {
        ValueRange range = new(0f, 0f);
        foreach (float value in constant.Values<float>())
            range = range.Union(new ValueRange(value, value));
        return range;
    }
}
