using Quantizer.Calibration.Statistics;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>What the selectors propose for every activation. Planners that differ in their weights share it.</summary>
internal sealed class ActivationRanges
{
    private readonly Dictionary<string, (ActivationSite Site, TensorRanges Ranges)> _sources = [];
    private readonly Target _target;

    public ActivationRanges(QuantizationSites sites, CalibrationStatistics statistics)
    {
        _target = sites.Target;
        // The first of those that share a scale is the one that the others are moved from.
        foreach (ActivationSite site in sites.Activations)
        {
            if (!_sources.ContainsKey(site.Source))
                _sources[site.Source] = (site, new TensorRanges(statistics.Tensors[site.Source], site.Scheme, site.Behind));
        }
    }

    /// <summary>The tensors whose values give the scales, with the first site of each, in graph order.</summary>
    internal IEnumerable<(string Source, ActivationSite Site)> Sources => _sources.Select(pair => (pair.Key, pair.Value.Site));

    /// <summary>Computes what a selector proposes, on several threads; asking for it later costs nothing.</summary>
    /// <param name="sideBySide">Does so many jobs.</param>
    internal void Prepare(IRangeSelector selector, Action<int, Action<int>> sideBySide)
    {
        TensorRanges[] all = [.. _sources.Values.Select(source => source.Ranges)];
        sideBySide(all.Length, i => all[i].Select(selector));
    }

    /// <summary>What the methods of "auto" propose for one tensor, the most promising first.</summary>
    public IReadOnlyList<ActivationPlan> Candidates(string source) =>
        [.. _sources[source].Ranges.Ranked.Select(candidate => Fitted(source, candidate.Method, candidate.Range))];

    internal ActivationPlan Select(string source, IRangeSelector selector)
    {
        (string method, ValueRange range) = _sources[source].Ranges.Select(selector);
        return Fitted(source, method, range);
    }

    internal double ExpectedSqnrDb(string source, QuantizationParameters parameters) => _sources[source].Ranges.ExpectedSqnrDb(parameters);

    private ActivationPlan Fitted(string source, string method, ValueRange range)
    {
        (ActivationSite site, TensorRanges ranges) = _sources[source];
        QuantizationParameters parameters = ClampFit.Fit(range, site.Bound, site.Scheme, _target);
        return new ActivationPlan(parameters, ranges.Seen, method, ranges.ExpectedSqnrDb(parameters));
    }
}
