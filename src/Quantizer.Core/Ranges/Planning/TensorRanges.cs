using System.Collections.Concurrent;
using Quantizer.Calibration.Statistics;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>What the selectors propose for one tensor, each computed once: plans ask again and again. Threads may ask at once.</summary>
internal sealed class TensorRanges
{
    private readonly TensorStatistics _statistics;
    private readonly QuantizationScheme _scheme;
    private readonly Lazy<ValueDensity> _density;
    private readonly Lazy<IReadOnlyList<RangeCandidate>> _ranked;
    private readonly ConcurrentDictionary<string, ValueRange> _ranges = [];

    public TensorRanges(TensorStatistics statistics, QuantizationScheme scheme, FunctionBehind? function)
    {
        _statistics = statistics;
        _scheme = scheme;
        Seen = new ValueRange(statistics.Min, statistics.Max);
        _density = new Lazy<ValueDensity>(() => ValueDensity.From(statistics, function));
        _ranked = new Lazy<IReadOnlyList<RangeCandidate>>(() => AutoSelector.Rank(_density.Value, scheme, RangeBy));
    }

    /// <summary>Smallest and largest value that calibration saw.</summary>
    public ValueRange Seen { get; }

    /// <summary>What the methods of "auto" propose, the most promising first.</summary>
    public IReadOnlyList<RangeCandidate> Ranked => _ranked.Value;

    /// <summary>The range of a selector, and the name of the method that it is by.</summary>
    public (string Method, ValueRange Range) Select(IRangeSelector selector) =>
        selector switch
        {
            AutoSelector => (Ranked[0].Method, Ranked[0].Range),
            IDensitySelector plain => (selector.Name, _density.Value.IsZero ? default : RangeBy(plain)),
            _ => (selector.Name, selector.Select(_statistics, _scheme)),
        };

    /// <summary>Signal over the error of rounding and clipping this tensor alone.</summary>
    public double ExpectedSqnrDb(QuantizationParameters parameters) => ExpectedError.Of(_density.Value, parameters).SqnrDb;

    private ValueRange RangeBy(IDensitySelector selector) =>
        _ranges.GetOrAdd(selector.Name, _ => selector.SelectFrom(_density.Value, _scheme));
}
