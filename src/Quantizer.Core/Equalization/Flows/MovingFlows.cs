using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>Operators that only move or choose values: the scales go with them.</summary>
internal static class MovingFlows
{
    /// <summary>More values than this are not followed one by one.</summary>
    private const long MostValues = 1 << 22;

    /// <summary>Whatever keeps the values in their order. The axis of samples must stay what it is.</summary>
    public static bool Reshape(FlowScope scope, Node node)
    {
        if (
            scope.Layout(node.Inputs[0]) is not { } layout
            || scope.Shape(node.Inputs[0]) is not { } from
            || scope.Shape(node.Outputs[0]) is not { } to
            || !(layout.IsUniform || (from.Aggregate(1L, (product, size) => product * size) <= MostValues && from[0] == 1))
        )
        {
            return false;
        }

        ChannelLayout reshaped = layout.Reshaped(from, to);
        if (reshaped.Rank > 0 && reshaped.Sizes[0] > 1 && layout.Sizes[0] == 1)
            return false;
        scope.Set(node.Outputs[0], reshaped);
        return true;
    }

    public static bool Transpose(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } layout)
            return false;
        IReadOnlyList<long>? order = node.IntsAttribute("perm");
        int[] axes = order is null ? [.. Enumerable.Range(0, layout.Rank).Reverse()] : [.. order.Select(axis => (int)axis)];
        if (axes.Length != layout.Rank)
            return false;
        scope.Set(node.Outputs[0], layout.Transposed(axes));
        return true;
    }

    /// <summary>Repeats values along axes of size one, which have one scale.</summary>
    public static bool Expand(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } layout || scope.Shape(node.Outputs[0]) is not { } to)
            return false;
        scope.Set(node.Outputs[0], layout.Extended(to.Count));
        return true;
    }

    /// <summary>Along the axis of channels they stand beside each other; along another one each has the same scale in all parts.</summary>
    public static bool Concat(FlowScope scope, Node node)
    {
        List<(ChannelLayout Layout, long Size)> parts = [];
        int axis = (int)node.IntAttribute("axis", 0);
        foreach (string input in node.Inputs)
        {
            if (scope.Layout(input) is not { } layout || scope.Shape(input) is not { } shape || shape.Count != layout.Rank)
                return false;
            parts.Add((layout, shape[axis < 0 ? axis + layout.Rank : axis]));
        }
        ChannelLayout first = parts[0].Layout;
        axis = axis < 0 ? axis + first.Rank : axis;
        if (parts.All(part => scope.Along(part.Layout, axis) is not null))
        {
            int[] all =
            [
                .. parts.SelectMany(part =>
                    part.Layout.IsUniform ? Enumerable.Repeat(part.Layout.Variables[0], (int)part.Size) : part.Layout.Variables
                ),
            ];
            bool areOne = all.Distinct().Count() <= 1;
            scope.Set(node.Outputs[0], areOne ? first : ChannelLayout.Along(first.Rank, axis, all));
            return all.Length > 0;
        }
        if (first.Sizes[axis] != 1 || parts.Any(part => !part.Layout.Sizes.SequenceEqual(first.Sizes)))
            return false;
        foreach ((ChannelLayout layout, _) in parts.Skip(1))
        {
            for (int i = 0; i < first.Variables.Count; i++)
                scope.Variables.Unite(first.Variables[i], layout.Variables[i]);
        }
        scope.Set(node.Outputs[0], first);
        return true;
    }

    /// <summary>With constant starts, ends, axes and steps where scales differ.</summary>
    public static bool Slice(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } layout)
            return false;
        if (layout.IsUniform)
            return ElementFlows.Same(scope, node);
        if (scope.Integers(node, 1) is not { } starts || scope.Integers(node, 2) is not { } ends)
            return false;
        IReadOnlyList<long>? axes = FlowScope.Has(node, 3) ? scope.Integers(node, 3) : [.. Enumerable.Range(0, starts.Count)],
            steps = FlowScope.Has(node, 4) ? scope.Integers(node, 4) : [.. Enumerable.Repeat(1L, starts.Count)];
        if (axes is null || steps is null)
            return false;
        for (int i = 0; i < axes.Count; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + layout.Rank : axes[i]);
            if (layout.Sizes[axis] == 1)
                continue;
            if (steps[i] < 1)
                return false;
            long size = layout.Sizes[axis];
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size),
                end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], 0, size);
            List<int> kept = [];
            for (long index = start; index < end; index += steps[i])
                kept.Add((int)index);
            if (kept.Count == 0)
                return false;
            layout = layout.Selected(axis, kept);
        }
        scope.Set(node.Outputs[0], layout);
        return true;
    }

    public static bool Split(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { } layout)
            return false;
        int axis = (int)node.IntAttribute("axis", 0);
        axis = axis < 0 ? axis + layout.Rank : axis;
        int start = 0;
        Dictionary<string, ChannelLayout> made = [];
        foreach (string output in node.Outputs)
        {
            if (scope.Shape(output) is not { } shape)
                return false;
            int size = (int)shape[axis];
            made[output] = layout.Selected(axis, [.. Enumerable.Range(start, layout.Sizes[axis] == 1 ? 0 : size)]);
            start += size;
        }
        foreach ((string output, ChannelLayout part) in made)
            scope.Set(output, part);
        return true;
    }

    /// <summary>Of constant indices where scales differ.</summary>
    public static bool Gather(FlowScope scope, Node node)
    {
        if (
            scope.IsConstant(node.Inputs[0])
            || scope.Layout(node.Inputs[0]) is not { } layout
            || scope.Shape(node.Inputs[1]) is not { Count: <= 1 } indices
        )
        {
            return false;
        }

        int axis = (int)node.IntAttribute("axis", 0);
        axis = axis < 0 ? axis + layout.Rank : axis;
        if (layout.Sizes[axis] > 1)
        {
            if (scope.Integers(node, 1) is not { Count: > 0 } chosen)
                return false;
            int size = layout.Sizes[axis];
            layout = layout.Selected(axis, [.. chosen.Select(index => (int)(index < 0 ? index + size : index))]);
        }
        if (indices.Count == 0)
            layout = layout.Sizes[axis] == 1 ? layout.Without(axis) : layout;
        scope.Set(node.Outputs[0], layout);
        return true;
    }
}
