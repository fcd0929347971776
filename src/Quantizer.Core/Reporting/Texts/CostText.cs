using System.Globalization;
using Quantizer.Reporting.Details;

namespace Quantizer.Reporting.Texts;

/// <summary>What layers, weights and activations cost at the outputs, in words.</summary>
internal static class CostText
{
    /// <summary>In a line.</summary>
    private const int MostNamed = 3;

    /// <summary>One has half the error of the other: what is done about that one is not noticed before.</summary>
    private const double ClearDb = 3;

    /// <summary>What both together keep more than one alone is more than chance.</summary>
    private const double TogetherDb = 1;

    /// <summary>Of figures whose digits are shown.</summary>
    private const double Rounding = 0.05;

    /// <summary>34.2 dB, identical, or that it was not measured.</summary>
    public static string Decibels(double? ratio) =>
        ratio is not { } decibels ? FigureText.Missing
        : IsIdentical(decibels) ? FigureText.Decibels(null)
        : FigureText.Decibels(decibels);

    /// <summary>+1.2 dB, or that it was not measured.</summary>
    public static string Gain(double? decibels) =>
        decibels is { } gain ? string.Create(CultureInfo.InvariantCulture, $"{gain:+0.0 dB;-0.0 dB;0.0 dB}") : FigureText.Missing;

    /// <summary>/conv1/Conv 28.1 dB alone (+2.3 dB given back), /fc/Gemm 33.0 dB alone</summary>
    public static string Costliest(OutputCosts costs) =>
        string.Join(
            ", ",
            costs
                .Layers.Take(MostNamed)
                .Select(layer =>
                    $"{layer.Node} {Decibels(layer.AloneDb)} alone"
                    + (layer.GivenBackDb is { } gain ? $" ({Gain(gain)} with it in float)" : "")
                )
        );

    /// <summary>20 of 54 layers measured on 8 samples: the others ...</summary>
    public static string Measured(OutputCosts costs)
    {
        string some = costs.Layers.Count < costs.LayersInAll ? $"{FigureText.Count(costs.Layers.Count)} of " : "",
            why = costs.WhyNotAll.Length > 0 ? $": {costs.WhyNotAll}" : "";
        return $"{some}{FigureText.Count(costs.LayersInAll, "layer")} measured on {FigureText.Count(costs.Samples, "sample")}{why}";
    }

    /// <summary>weights alone 34.0 dB, activations alone 29.5 dB, both 28.2 dB</summary>
    public static string Split(OutputCosts costs) =>
        $"weights alone {Decibels(costs.WeightsDb)}, activations alone {Decibels(costs.ActivationsDb)}, both {Decibels(costs.BothDb)}";

    /// <summary>Which of both costs more, and what to try then; empty where that is not known.</summary>
    public static string Advice(OutputCosts costs)
    {
        if (costs is not { WeightsDb: { } weights, ActivationsDb: { } activations })
            return "";
        return (activations - weights) switch
        {
            _ when IsIdentical(weights) && IsIdentical(activations) => "neither costs anything",
            _ when costs.BothDb > Math.Min(weights, activations) + TogetherDb =>
                "biases and rounding were corrected for both together, so that one alone costs more than both",
            >= ClearDb => "weights cost more: --weights per-channel, --weight-ranges and --bias-correction are about them",
            <= -ClearDb =>
                "activations cost more: --method, --channel-scales, --activations dynamic and --exclude of layers are about them",
            _ => "both cost about as much",
        };
    }

    private static bool IsIdentical(double decibels) => decibels > OutputCosts.MostDb - Rounding;
}
