using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>Operators over the positions of each channel.</summary>
internal static class PoolFlows
{
    private const int Channels = 1;

    public static bool Pool(FlowScope scope, Node node) =>
        scope.Layout(node.Inputs[0]) is { } layout && scope.Along(layout, Channels) is not null && ElementFlows.Same(scope, node);

    /// <summary>Not over the channels, and not with a value of its own outside of the picture.</summary>
    public static bool Resize(FlowScope scope, Node node) =>
        node.StringAttribute("coordinate_transformation_mode", "half_pixel") != "tf_crop_and_resize"
        && scope.Shape(node.Inputs[0]) is { Count: > Channels } from
        && scope.Shape(node.Outputs[0]) is { Count: > Channels } to
        && from[Channels] == to[Channels]
        && Pool(scope, node);

    /// <summary>Zeros have any scale: channels of them get new ones.</summary>
    public static bool Pad(FlowScope scope, Node node)
    {
        if (
            scope.Layout(node.Inputs[0]) is not { } layout
            || scope.Integers(node, 1) is not { } pads
            || pads.Count != 2 * layout.Rank
            || FlowScope.Has(node, 3)
            || (FlowScope.Has(node, 2) && !(scope.Constant(node, 2) is { ElementCount: 1 } value && value.Values<float>()[0] == 0f))
        )
        {
            return false;
        }

        int[] padded = [.. Enumerable.Range(0, layout.Rank).Where(axis => pads[axis] != 0 || pads[axis + layout.Rank] != 0)];
        int[] scaled = [.. padded.Where(axis => layout.Sizes[axis] > 1)];
        if (scaled.Length == 0)
            return ElementFlows.Same(scope, node);
        int channels = scaled[0];
        if (
            scaled.Length > 1
            || node.StringAttribute("mode", "constant") != "constant"
            || scope.Along(layout, channels) is not { } inside
            || pads[channels] < 0
            || pads[channels + layout.Rank] < 0
        )
        {
            return false;
        }

        int[] all = [.. scope.Variables.New((int)pads[channels]), .. inside, .. scope.Variables.New((int)pads[channels + layout.Rank])];
        scope.Set(node.Outputs[0], ChannelLayout.Along(layout.Rank, channels, all));
        return true;
    }

    /// <summary>Over axes along which scales are the same.</summary>
    public static bool Reduction(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } layout)
            return false;
        IReadOnlyList<long>? given = FlowScope.Has(node, 1) ? scope.Integers(node, 1) : node.IntsAttribute("axes");
        if (given is not { Count: > 0 })
            return false;
        int[] axes = [.. given.Select(axis => (int)(axis < 0 ? axis + layout.Rank : axis)).Distinct().OrderDescending()];
        if (axes.Any(axis => layout.Sizes[axis] != 1))
            return false;
        if (node.IntAttribute("keepdims", 1) == 0)
        {
            foreach (int axis in axes)
                layout = layout.Without(axis);
        }
        scope.Set(node.Outputs[0], layout);
        return true;
    }
}
