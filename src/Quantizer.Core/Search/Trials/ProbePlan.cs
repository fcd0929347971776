using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Search.Trials;

/// <summary>A plan of the same kind as another one in which every number differs, for finding out where numbers end up.</summary>
internal static class ProbePlan
{
    /// <summary>Scales shrink by one to seven of these shares: by different ones, so that quotients of scales change as well.</summary>
    private const float Share = 1f / 128;

    private const int Shares = 7;

    public static QuantizationPlan Of(QuantizationPlan plan)
    {
        HashSet<string> bounded = [.. plan.Sites.Activations.Where(site => site.Bound is not null).Select(site => site.Source)];
        // What is equal stays equal.
        Dictionary<QuantizationParameters, int> numbers = [];
        HashSet<QuantizationParameters> clamped =
        [
            .. plan.Activations.Where(pair => bounded.Contains(pair.Key)).Select(pair => pair.Value.Parameters),
        ];
        Dictionary<string, ActivationPlan> activations = plan.Activations.ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Parameters = Changed(pair.Value.Parameters, clamped.Contains(pair.Value.Parameters), numbers) }
        );
        Dictionary<string, QuantizationParameters> constants = plan.Constants.ToDictionary(
            pair => pair.Key,
            pair => Changed(pair.Value, isClamped: false, numbers)
        );
        Dictionary<string, string> sourceOf = plan.Sites.Activations.ToDictionary(site => site.Tensor, site => site.Source);
        WeightPlan[] weights =
        [
            .. plan.Weights.Select(weights => Changed(weights, activations[sourceOf[weights.Site.Activation]].Parameters.Scale)),
        ];
        return plan with { Activations = activations, Constants = constants, Weights = weights };
    }

    private static QuantizationParameters Changed(
        QuantizationParameters parameters,
        bool isClamped,
        Dictionary<QuantizationParameters, int> numbers
    )
    {
        if (!numbers.TryGetValue(parameters, out int number))
            numbers[parameters] = number = numbers.Count;
        bool isInside = parameters.ZeroPoint > parameters.Scheme.QuantizedMin && parameters.ZeroPoint < parameters.Scheme.QuantizedMax - 1;
        return parameters with
        {
            Scale = parameters.Scale * (1f - Share * (1 + number % Shares)),
            // A smaller range stays inside of a clamp, a moved one may not.
            ZeroPoint = isInside && !isClamped && !parameters.Scheme.IsSymmetric ? parameters.ZeroPoint + 1 : parameters.ZeroPoint,
        };
    }

    /// <summary>With biases in the products of the scales: ONNX Runtime uses its integer kernels for no others.</summary>
    private static WeightPlan Changed(WeightPlan weights, float activationScale)
    {
        float[] scales = [.. weights.Scales.Select(scale => scale * (1f + Share))];
        return weights with
        {
            Scales = scales,
            BiasScales = weights.BiasScales.Count == 0 ? [] : [.. scales.Select(scale => activationScale * scale)],
        };
    }
}
