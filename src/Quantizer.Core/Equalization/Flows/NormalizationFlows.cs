using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>Normalizations: what they read must keep its scale, what they make gets it from their constants.</summary>
internal static class NormalizationFlows
{
    private const int Scale = 1,
        Bias = 2,
        Mean = 3,
        Channels = 1;

    /// <summary>Over the last axis, which has a scale and a bias for each index.</summary>
    public static bool Layer(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } input)
            return false;
        long axis = node.IntAttribute("axis", -1);
        return axis == -1 || axis == input.Rank - 1 ? Normalized(scope, node, input, input.Rank - 1) : false;
    }

    public static bool Instance(FlowScope scope, Node node) =>
        scope.Layout(node.Inputs[0]) is { } input && Normalized(scope, node, input, Channels);

    /// <summary>With statistics that are constant it only scales and shifts.</summary>
    public static bool Batch(FlowScope scope, Node node)
    {
        if (
            node.Outputs.Skip(1).Any(output => output.Length > 0)
            || scope.Layout(node.Inputs[0]) is not { } input
            || scope.Along(input, Channels) is not { } inputs
            || Parameters(scope, node, [Scale, Bias, Mean]) is not { } channels
        )
        {
            return false;
        }

        ChannelLayout made = scope.SetNew(node.Outputs[0], input.Rank, Channels, channels);
        ChannelLayout times = ChannelLayout.Along(1, 0, made.Variables),
            by = inputs.Count == 1 ? ChannelLayout.Uniform(1, inputs[0]) : ChannelLayout.Along(1, 0, inputs);
        scope.Absorb(node, Scale, [channels], times, by);
        scope.Absorb(node, Bias, [channels], times, null);
        scope.Absorb(node, Mean, [channels], by, null);
        return true;
    }

    private static bool Normalized(FlowScope scope, Node node, ChannelLayout input, int axis)
    {
        int[] constants = FlowScope.Has(node, Bias) ? [Scale, Bias] : [Scale];
        if (node.Outputs.Skip(1).Any(output => output.Length > 0) || Parameters(scope, node, constants) is not { } channels)
            return false;
        scope.Lock(input);
        ChannelLayout made = scope.SetNew(node.Outputs[0], input.Rank, axis, channels);
        foreach (int constant in constants)
            scope.Absorb(node, constant, [channels], ChannelLayout.Along(1, 0, made.Variables), null);
        return true;
    }

    /// <summary>The length of constant vectors of one length; null where they are none.</summary>
    private static int? Parameters(FlowScope scope, Node node, int[] inputs)
    {
        long[] lengths = [.. inputs.Select(input => scope.Constant(node, input) is { Dimensions: [var length] } ? length : -1).Distinct()];
        return lengths is [> 0 and var same] ? (int)same : null;
    }
}
