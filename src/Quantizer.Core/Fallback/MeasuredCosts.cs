namespace Quantizer.Fallback;

/// <summary>What the layers of a quantized network cost at its outputs, and how that is split between weights and activations: signal over
/// error in dB.</summary>
/// <param name="Layers">Those that were measured, the costliest first.</param>
/// <param name="Samples">On so many samples.</param>
/// <param name="WholeDb">Of the network as it is; null where it does not run.</param>
/// <param name="WeightsDb">With its weights alone in integers; null where that was not measured.</param>
/// <param name="ActivationsDb">With its activations alone in integers; likewise.</param>
internal sealed record MeasuredCosts(
    IReadOnlyList<MeasuredLayer> Layers,
    int Samples,
    double? WholeDb,
    double? WeightsDb,
    double? ActivationsDb
);

/// <summary>A layer at the outputs.</summary>
/// <param name="AloneDb">With nothing else in integers.</param>
/// <param name="GivenBackDb">What giving it alone back to float gains; null where that was not measured.</param>
internal sealed record MeasuredLayer(string Node, double AloneDb, double? GivenBackDb);
