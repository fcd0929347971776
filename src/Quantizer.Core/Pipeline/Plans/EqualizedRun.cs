using System.Globalization;
using Quantizer.Calibration;
using Quantizer.Placement;
using Quantizer.Search;

namespace Quantizer.Pipeline.Plans;

/// <summary>A model whose channels got scales, with the plan that was found for it.</summary>
/// <param name="Plain">The model without scales.</param>
/// <param name="Tensors">The quantized activations that have them.</param>
/// <param name="WithoutDb">Signal over error at the outputs of the plan selected without scales; null where none was judged.</param>
/// <param name="HeldOutGainDb">What they gained on samples that they were not chosen on.</param>
internal sealed record EqualizedRun(
    CalibratedModel Calibrated,
    SearchResult Found,
    PlacedModel Plain,
    IReadOnlyList<string> Tensors,
    double? WithoutDb,
    double HeldOutGainDb
)
{
    /// <summary>Signal over error at the outputs of the plan selected with them.</summary>
    public double? WithDb => Found.SqnrDb;

    /// <summary>"Each channel of 14 tensors has a scale of its own, moved between layers: 28.4 dB at the outputs, 16.4 dB
    /// without."</summary>
    public string Text
    {
        get
        {
            string gained =
                WithDb is { } with && WithoutDb is { } without
                    ? string.Create(CultureInfo.InvariantCulture, $"{with:0.0} dB at the outputs, {without:0.0} dB without")
                    : string.Create(CultureInfo.InvariantCulture, $"{HeldOutGainDb:0.0} dB more at the outputs");
            string channels =
                Tensors.Count == 1 ? "Each channel of 1 tensor has a scale" : $"Each channel of {Tensors.Count} tensors has a scale";
            return $"{channels} of its own, moved between layers: {gained}.";
        }
    }
}
