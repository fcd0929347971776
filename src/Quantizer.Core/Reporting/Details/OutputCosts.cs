namespace Quantizer.Reporting.Details;

/// <summary>What layers, weights and activations cost at the network's outputs, judged on a few samples as plans are: the mean over the
/// outputs of signal over error in dB, of no more than <see cref="MostDb"/>.</summary>
/// <param name="Samples">The figures stand on so many.</param>
/// <param name="LayersInAll">Layers whose weights are integers.</param>
/// <param name="Layers">Those that were measured, the costliest first.</param>
/// <param name="WhyNotAll">Why others were not measured; empty where there are none.</param>
/// <param name="BothDb">Of the network as the file has it; null where that was not measured.</param>
/// <param name="WeightsDb">With its weights alone in integers, all arithmetic in float; null likewise.</param>
/// <param name="ActivationsDb">With its activations alone rounded, weights in float; null likewise, or where they stay in float.</param>
public sealed record OutputCosts(
    int Samples,
    int LayersInAll,
    IReadOnlyList<LayerCost> Layers,
    string WhyNotAll,
    double? BothDb,
    double? WeightsDb,
    double? ActivationsDb
)
{
    /// <summary>Where nothing differs that a float can tell.</summary>
    public const double MostDb = 144.5;
}

/// <summary>What a layer costs at the outputs.</summary>
/// <param name="Node">As in <see cref="NodeReport.Name"/>.</param>
/// <param name="AloneDb">With this layer alone in integers.</param>
/// <param name="GivenBackDb">What the whole network gains at the outputs with this layer alone in float; null where that was not
/// measured.</param>
public sealed record LayerCost(string Node, double AloneDb, double? GivenBackDb);
