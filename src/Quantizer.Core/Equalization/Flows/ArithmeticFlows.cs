using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>Sums want one scale for both sides; products multiply them.</summary>
internal static class ArithmeticFlows
{
    /// <summary>Add and Sub.</summary>
    public static bool Sum(FlowScope scope, Node node)
    {
        (string one, string other) = (node.Inputs[0], node.Inputs[1]);
        if (scope.IsConstant(one) != scope.IsConstant(other))
            return WithConstant(scope, node, scope.IsConstant(one) ? 0 : 1);
        if (scope.Layout(one) is not { } first || scope.Layout(other) is not { } second)
            return false;
        int rank = Math.Max(first.Rank, second.Rank);
        (first, second) = (first.Extended(rank), second.Extended(rank));
        if (first.IsUniform && !second.IsUniform)
            (first, second) = (second, first);
        if (!second.IsUniform && !first.Sizes.SequenceEqual(second.Sizes))
            return false;
        for (int i = 0; i < first.Variables.Count; i++)
            scope.Variables.Unite(first.Variables[i], second.Variables[second.IsUniform ? 0 : i]);
        scope.Set(node.Outputs[0], first);
        return true;
    }

    /// <summary>By a constant vector of channels: new scales, which it takes up. By a number or what has no scale: the same ones.</summary>
    public static bool Product(FlowScope scope, Node node)
    {
        (string one, string other) = (node.Inputs[0], node.Inputs[1]);
        if (scope.IsConstant(one) != scope.IsConstant(other))
        {
            int constant = scope.IsConstant(one) ? 0 : 1;
            return scope.Layout(node.Inputs[1 - constant]) is { } scaled && (ByVector(scope, node, constant, scaled) || Pass(scaled));
        }
        if (one == other || scope.Layout(one) is not { } first || scope.Layout(other) is not { } second)
            return false;
        return scope.IsLocked(second) ? Pass(first.Extended(second.Rank)) : scope.IsLocked(first) && Pass(second.Extended(first.Rank));

        bool Pass(ChannelLayout layout)
        {
            int rank = scope.Shape(node.Outputs[0])?.Count ?? layout.Rank;
            scope.Set(node.Outputs[0], layout.Extended(rank));
            return true;
        }
    }

    /// <summary>By a constant, or by what has no scale.</summary>
    public static bool Quotient(FlowScope scope, Node node)
    {
        if (
            scope.IsConstant(node.Inputs[0])
            || scope.Layout(node.Inputs[0]) is not { } dividend
            || scope.Layout(node.Inputs[1]) is not { } divisor
            || !scope.IsLocked(divisor)
        )
        {
            return false;
        }

        scope.Set(node.Outputs[0], dividend.Extended(divisor.Rank));
        return true;
    }

    private static bool WithConstant(FlowScope scope, Node node, int constant)
    {
        if (scope.Constant(node, constant) is not { } added || scope.Layout(node.Inputs[1 - constant]) is not { } scaled)
            return false;
        ChannelLayout layout = scaled.Extended(added.Dimensions.Count);
        scope.Set(node.Outputs[0], layout);
        if (scope.IsLocked(layout))
            return true;
        // A bias has one axis: more in front would hide what it is.
        ChannelLayout trimmed = layout;
        while (trimmed.Rank > added.Dimensions.Count && trimmed.Sizes[0] == 1)
            trimmed = trimmed.Without(0);
        long[] dimensions = [.. Enumerable.Repeat(1L, trimmed.Rank - added.Dimensions.Count), .. added.Dimensions];
        scope.Absorb(node, constant, [.. dimensions.Zip(trimmed.Sizes, (size, own) => Math.Max(size, own))], trimmed, null);
        return true;
    }

    private static bool ByVector(FlowScope scope, Node node, int constant, ChannelLayout scaled)
    {
        if (scope.Constant(node, constant) is not { } factors || factors.Dimensions.Count(size => size > 1) != 1)
            return false;
        int fromEnd = factors.Dimensions.Count - factors.Dimensions.Index().First(size => size.Item > 1).Index,
            axis = scaled.Rank - fromEnd;
        if (axis < 0 || factors.Dimensions.Count > scaled.Rank || scope.Along(scaled, axis) is not { } before)
            return false;
        int rank = factors.Dimensions.Count,
            own = rank - fromEnd;
        ChannelLayout made = scope.SetNew(node.Outputs[0], scaled.Rank, axis, (int)factors.ElementCount);
        scope.Absorb(
            node,
            constant,
            factors.Dimensions,
            ChannelLayout.Along(rank, own, made.Variables),
            before.Count == 1 ? ChannelLayout.Uniform(rank, before[0]) : ChannelLayout.Along(rank, own, before)
        );
        return true;
    }
}
