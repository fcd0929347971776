using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page;

/// <summary>What the page's script draws from.</summary>
/// <param name="Errors">For the plot's tips and the graph's edges.</param>
/// <param name="Histograms">With no more bins than a plot shows.</param>
/// <param name="Weights">With no more bars than a plot shows.</param>
/// <param name="Nodes">For the graph.</param>
internal sealed record PageData(
    IReadOnlyList<TensorError> Errors,
    IReadOnlyList<TensorHistogram> Histograms,
    IReadOnlyList<DrawnWeight> Weights,
    IReadOnlyList<DrawnNode> Nodes
)
{
    /// <summary>Why a tensor has not the range that was expected to be best, by its name; of most there is nothing to tell.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; init; } = new Dictionary<string, string>();

    /// <summary>As wide as a plot on a phone allows; more only make the file large.</summary>
    private const int MostBins = 128;

    /// <summary>Of a page without plots.</summary>
    public static PageData None { get; } = new([], [], [], []);

    public static PageData Of(QuantizationReport report)
    {
        if (report.Details is not { } details)
            return None;
        // Names may come twice in files of others; the first is then shown.
        ILookup<string, NodeReport> nodes = report.Nodes.ToLookup(node => node.Name);
        ILookup<string, LayerCost> costs = (details.Costs?.Layers ?? []).ToLookup(layer => layer.Node);
        return new PageData(
            details.Errors,
            [.. details.Histograms.Select(histogram => histogram with { Bins = Fewer(histogram.Bins) })],
            [.. details.Weights.Select(DrawnWeight.Of)],
            [
                .. details.Network.Select(node =>
                    DrawnNode.Of(node, nodes[node.Name].FirstOrDefault()) with
                    {
                        AloneDb = costs[node.Name].FirstOrDefault()?.AloneDb,
                    }
                ),
            ]
        )
        {
            Reasons = details
                .Histograms.Select(histogram => (histogram.Name, Reason: RangeReason.Of(histogram, report)))
                .Where(reason => reason.Reason.Length > 0)
                .ToDictionary(reason => reason.Name, reason => reason.Reason),
        };
    }

    /// <summary>Sums of equally many neighbours.</summary>
    private static long[] Fewer(IReadOnlyList<long> bins)
    {
        int each = (bins.Count + MostBins - 1) / MostBins;
        return [.. bins.Chunk(Math.Max(each, 1)).Select(chunk => chunk.Sum())];
    }
}
