using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>Layers with constant weights, which take up the scales of their inputs' channels and give their outputs new ones.</summary>
internal static class LayerFlows
{
    private const int Weights = 1,
        Bias = 2,
        Channels = 1,
        FewestConvolutionAxes = 3;

    /// <summary>Weights [outputs, inputs per group, kernel...].</summary>
    public static bool Convolution(FlowScope scope, Node node)
    {
        if (
            scope.Constant(node, Weights) is not { Dimensions.Count: >= FewestConvolutionAxes } weights
            || !HasConstantBias(scope, node)
            || scope.Layout(node.Inputs[0]) is not { } input
            || scope.Along(input, Channels) is not { } inputs
        )
        {
            return false;
        }

        int outputs = (int)weights.Dimensions[0],
            perGroup = (int)weights.Dimensions[1],
            groups = (int)node.IntAttribute("group", 1),
            rank = weights.Dimensions.Count;
        int[] read = new int[outputs * perGroup];
        for (int i = 0; i < read.Length; i++)
        {
            int channel = i / perGroup / (outputs / groups) * perGroup + i % perGroup;
            read[i] = inputs[inputs.Count == 1 ? 0 : channel];
        }
        long[] channelsOnly = [outputs, perGroup, .. Enumerable.Repeat(1L, rank - 2)];
        ChannelLayout made = scope.SetNew(node.Outputs[0], rank, Channels, outputs);
        scope.Absorb(node, Weights, weights.Dimensions, ChannelLayout.Along(rank, 0, made.Variables), ChannelLayout.Of(channelsOnly, read));
        AbsorbInBias(scope, node, outputs, made);
        return true;
    }

    /// <summary>Weights [inputs, outputs, kernel...], of one group.</summary>
    public static bool TransposedConvolution(FlowScope scope, Node node)
    {
        if (
            scope.Constant(node, Weights) is not { Dimensions.Count: >= FewestConvolutionAxes } weights
            || node.IntAttribute("group", 1) != 1
            || !HasConstantBias(scope, node)
            || scope.Layout(node.Inputs[0]) is not { } input
            || scope.Along(input, Channels) is not { } inputs
        )
        {
            return false;
        }

        int rank = weights.Dimensions.Count,
            outputs = (int)weights.Dimensions[1];
        ChannelLayout made = scope.SetNew(node.Outputs[0], rank, Channels, outputs);
        scope.Absorb(node, Weights, weights.Dimensions, ChannelLayout.Along(rank, 1, made.Variables), AlongOrUniform(rank, 0, inputs));
        AbsorbInBias(scope, node, outputs, made);
        return true;
    }

    public static bool Gemm(FlowScope scope, Node node)
    {
        if (
            scope.Constant(node, Weights) is not { Dimensions.Count: 2 } weights
            || node.IntAttribute("transA", 0) != 0
            || !HasConstantBias(scope, node)
            || scope.Constant(node, Bias) is { Dimensions: [> 1, _] }
            || scope.Layout(node.Inputs[0]) is not { } input
            || scope.Along(input, Channels) is not { } inputs
        )
        {
            return false;
        }

        int inputAxis = node.IntAttribute("transB", 0) != 0 ? 1 : 0;
        int outputs = (int)weights.Dimensions[1 - inputAxis];
        ChannelLayout made = scope.SetNew(node.Outputs[0], rank: 2, Channels, outputs);
        scope.Absorb(
            node,
            Weights,
            weights.Dimensions,
            ChannelLayout.Along(2, 1 - inputAxis, made.Variables),
            AlongOrUniform(2, inputAxis, inputs)
        );
        AbsorbInBias(scope, node, outputs, made);
        return true;
    }

    /// <summary>A product with constant weights [inputs, outputs], or one that averages rows, as an attention does.</summary>
    public static bool MatMul(FlowScope scope, Node node)
    {
        if (scope.Layout(node.Inputs[0]) is not { Rank: >= 2 } input)
            return false;
        if (scope.Constant(node, Weights) is not { } weights)
            return Averaging(scope, node, input);
        int last = input.Rank - 1;
        if (weights.Dimensions.Count != 2 || scope.Along(input, last) is not { } inputs)
            return false;
        ChannelLayout made = scope.SetNew(node.Outputs[0], input.Rank, last, (int)weights.Dimensions[1]);
        scope.Absorb(node, Weights, weights.Dimensions, ChannelLayout.Along(2, 1, made.Variables), AlongOrUniform(2, 0, inputs));
        return true;
    }

    /// <summary>Rows are mixed with weights that have no scale of their own, each channel with itself alone.</summary>
    private static bool Averaging(FlowScope scope, Node node, ChannelLayout mixing)
    {
        if (scope.Layout(node.Inputs[1]) is not { Rank: >= 2 } rows || !scope.IsLocked(mixing) || rows.Sizes[^2] != 1)
            return false;
        scope.Set(node.Outputs[0], rows.Extended(mixing.Rank));
        return true;
    }

    private static ChannelLayout AlongOrUniform(int rank, int axis, IReadOnlyList<int> variables) =>
        variables.Count == 1 ? ChannelLayout.Uniform(rank, variables[0]) : ChannelLayout.Along(rank, axis, variables);

    private static bool HasConstantBias(FlowScope scope, Node node) => !FlowScope.Has(node, Bias) || scope.Constant(node, Bias) is not null;

    /// <summary>A bias of fewer values than channels is spread over them.</summary>
    private static void AbsorbInBias(FlowScope scope, Node node, int outputs, ChannelLayout made)
    {
        if (scope.Constant(node, Bias) is { } bias)
        {
            int rank = Math.Max(bias.Dimensions.Count, 1);
            long[] shape = [.. Enumerable.Repeat(1L, rank - 1), outputs];
            scope.Absorb(node, Bias, shape, ChannelLayout.Along(rank, rank - 1, made.Variables), null);
        }
    }
}
