namespace Quantizer.Placement;

/// <summary>Where quantization happens: decided from the graph alone, before any data is seen.</summary>
public sealed record QuantizationSites(
    IReadOnlyList<ActivationSite> Activations,
    IReadOnlyList<WeightSite> Weights,
    IReadOnlyList<ConstantSite> Constants,
    IReadOnlyList<FloatFence> Fences,
    IReadOnlyList<FloatBarrier> Barriers,
    IReadOnlyList<PoolSwap> PoolSwaps,
    IReadOnlyList<NodePlacement> Nodes)
{
    public IReadOnlyList<LayoutConvolution> Layouts { get; init; } = [];

    /// <summary>The tensors that calibration has to observe, in graph order.</summary>
    public IReadOnlyList<string> Observed => [.. Activations.Select(site => site.Source).Distinct()];

    /// <summary>Multiply-accumulates of all nodes.</summary>
    public long TotalMacs => Nodes.Sum(node => node.Macs);

    /// <summary>Multiply-accumulates meant to run in integer kernels.</summary>
    public long PlacedMacs => Nodes.Where(node => node.IsInteger).Sum(node => node.Macs);
}
