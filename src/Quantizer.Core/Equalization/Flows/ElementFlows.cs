using Quantizer.Equalization.Channels;
using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Equalization.Flows;

/// <summary>Functions of single values.</summary>
internal static class ElementFlows
{
    /// <summary>f(t x) = t f(x) for each t above zero.</summary>
    public static bool Same(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } layout)
            return false;
        scope.Set(node.Outputs[0], layout);
        return true;
    }

    public static bool ParametricRelu(FlowScope scope, Node node) => scope.Constant(node, 1) is not null && Same(scope, node);

    /// <summary>Only without an end that a scale would move: values that calibration did not see would be clipped elsewhere.</summary>
    public static bool Clip(FlowScope scope, Node node) =>
        Clamp.BoundOf(node, scope.Index) is { Min: 0f or float.NegativeInfinity, Max: float.PositiveInfinity } && Same(scope, node);

    /// <summary>Whoever asks for sizes only does not see the values.</summary>
    public static bool Sizes(FlowScope scope, Node node)
    {
        scope.Set(node.Outputs[0], ChannelLayout.Uniform(1, ChannelVariables.Locked));
        return true;
    }
}
