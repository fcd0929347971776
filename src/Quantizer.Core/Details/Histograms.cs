using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting.Details;
using Quantizer.Samples;
using Quantizer.Schemes;

namespace Quantizer.Details;

/// <summary>What calibration saw of every tensor, and what each selector makes of it.</summary>
internal static class Histograms
{
    /// <summary>As many as a picture of one has columns to draw; more only make reports larger.</summary>
    public const int Bins = 128;

    /// <param name="graph">The graph that was calibrated.</param>
    /// <param name="statistics">Of its tensors; of those that the plan leaves in float, too.</param>
    public static IReadOnlyList<TensorHistogram> Of(
        Graph graph,
        CalibrationStatistics statistics,
        QuantizationPlan plan,
        SampleWorkers workers
    )
    {
        string[] tensors = [.. TensorOrder.Of(graph).Where(statistics.Tensors.ContainsKey)];
        Dictionary<string, ActivationSite> sites = [];
        foreach (ActivationSite site in plan.Sites.Activations)
            sites.TryAdd(site.Source, site);
        return workers.Map(tensors.Length, i => Of(tensors[i], statistics.Tensors[tensors[i]], sites.GetValueOrDefault(tensors[i]), plan));
    }

    private static TensorHistogram Of(string tensor, TensorStatistics statistics, ActivationSite? site, QuantizationPlan plan)
    {
        QuantizationScheme scheme = site?.Scheme ?? plan.Sites.Target.Activations;
        ActivationPlan? chosen = plan.Activations.GetValueOrDefault(tensor);
        TensorRanges ranges = new(statistics, scheme, site?.Behind);
        return new TensorHistogram(
            tensor,
            statistics.Min,
            statistics.Max,
            statistics.Count,
            statistics.Zeros,
            EqualBins.Of(ValueDensity.From(statistics), statistics.Min, statistics.Max, Bins),
            [.. RangeMethod.Candidates.Select(selector => Threshold(selector, ranges, scheme))],
            chosen?.Method ?? "",
            chosen is null ? 0 : ValueOf(chosen.Parameters, scheme.QuantizedMin),
            chosen is null ? 0 : ValueOf(chosen.Parameters, scheme.QuantizedMax),
            chosen?.Parameters.Scale ?? 0
        );
    }

    private static RangeThreshold Threshold(IRangeSelector selector, TensorRanges ranges, QuantizationScheme scheme)
    {
        ValueRange range = ranges.Select(selector).Range;
        double expected = ranges.ExpectedSqnrDb(QuantizationParameters.FromRange(range, scheme));
        return new RangeThreshold(selector.Name, range.Min, range.Max, double.IsPositiveInfinity(expected) ? null : expected);
    }

    private static float ValueOf(QuantizationParameters parameters, int integer) => parameters.Scale * (integer - parameters.ZeroPoint);
}
