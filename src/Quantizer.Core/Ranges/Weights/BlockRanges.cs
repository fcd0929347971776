using System.Collections.Concurrent;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of all constants in blocks, found once for all plans: they hang on nothing else.</summary>
internal sealed class BlockRanges(QuantizationSites sites, Graph graph)
{
    private readonly StoredSite[] _sites = [.. sites.Stored.Where(site => site.Blocks is not null)];
    private readonly Dictionary<string, Tensor> _constants = graph.Initializers.ToDictionary(tensor => tensor.Name);
    private readonly ConcurrentDictionary<string, StoredPlan> _plans = [];

    public int Count => _sites.Length;

    /// <summary>Any number of threads may do so for others; what is missing is computed when it is asked for.</summary>
    public void Prepare(int index) => Of(_sites[index]);

    /// <summary>Takes what another plan found for the same constant.</summary>
    public void Know(StoredPlan plan) => _plans.TryAdd(plan.Site.Tensor, plan);

    /// <param name="site">One with blocks.</param>
    public StoredPlan Of(StoredSite site) => _plans.GetOrAdd(site.Tensor, _ => Find(site, site.Blocks!)) with { Site = site };

    private StoredPlan Find(StoredSite site, Blocks blocks)
    {
        Tensor constant = _constants[site.Tensor];
        ReadOnlySpan<float> values = constant.Values<float>();
        int columns = (int)constant.Dimensions[1 - blocks.Axis],
            summed = (int)constant.Dimensions[blocks.Axis],
            count = summed / Blocks.Size;
        (int along, int across) = blocks.Axis == 0 ? (columns, 1) : (1, summed);
        float[] scales = new float[count * columns];
        byte[] zeroPoints = new byte[count * columns];
        Span<float> block = stackalloc float[Blocks.Size];
        for (int at = 0; at < scales.Length; at++)
        {
            (int first, int column) = (at / columns * Blocks.Size, at % columns);
            for (int i = 0; i < block.Length; i++)
                block[i] = values[(first + i) * along + column * across];
            (scales[at], zeroPoints[at]) = BlockSearch.Find(block);
        }
        return new StoredPlan(site, scales) { ZeroPoints = zeroPoints };
    }
}
