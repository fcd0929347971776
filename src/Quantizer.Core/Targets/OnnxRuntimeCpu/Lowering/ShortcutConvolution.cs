using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// 1. Slice (every s-th row and column) -> Pad (channels of zeros) in front of an Add, the parameterless shortcut of residual
///    networks, becomes a 1x1 convolution of stride s whose weights are ones where a channel stays and zeros elsewhere: Pad has
///    no integer kernel, and the convolution fuses with its neighbours.
/// 2. Kept when it slices or pads anything else, or another node reads a value in between.
/// </summary>
internal static class ShortcutConvolution
{
    private const int PictureRank = 4,
        Channels = 1,
        FirstSpatial = 2;

    public static bool Apply(LoweringContext context)
    {
        bool changed = false;
        foreach (Node pad in context.Graph.Nodes.Where(node => node.Is("Pad")).ToArray())
            changed |= TryReplace(context, pad);
        return changed;
    }

    private static bool TryReplace(LoweringContext context, Node pad)
    {
        if (context.RankOf(pad.Outputs[0]) != PictureRank || !context.Index.ReadersOf(pad.Outputs[0]).All(reader => reader.Is("Add")))
            return false;
        if (ChannelPads(context, pad) is not { } pads)
            return false;
        long[] strides = [1, 1];
        List<Node> chain = [pad];
        string input = pad.Inputs[0];
        while (
            context.Index.ProducerOf(input) is { } slice
            && slice.Is("Slice")
            && IsOnlyRead(context, input)
            && TryStrides(context, slice, strides)
        )
        {
            chain.Insert(0, slice);
            input = slice.Inputs[0];
        }
        if (chain.Count == 1 || !IsOnlyRead(context, pad.Inputs[0]) || context.SizeOf(input, Channels) is not { } channels)
            return false;
        Tensor weights = Selection($"{pad.Name}_weights", channels, pads.Before, channels + pads.Before + pads.After);
        Node convolution = new("Conv", [input, weights.Name], pad.Outputs, pad.Name);
        convolution.Set(NodeAttribute.Of("kernel_shape", new long[] { 1, 1 }));
        convolution.Set(NodeAttribute.Of("strides", strides));
        context.Replace(chain, convolution, weights);
        return true;
    }

    private static bool IsOnlyRead(LoweringContext context, string tensor) =>
        context.Index.ReadersOf(tensor).Count == 1 && !context.Index.IsOutput(tensor);

    /// <summary>The zeros put before and behind the channels; null when the node pads anything else.</summary>
    private static (long Before, long After)? ChannelPads(LoweringContext context, Node pad)
    {
        if (pad.StringAttribute("mode", "constant") != "constant" || pad.Inputs.Count > 3)
            return null;
        if (Constant(context, pad, 1) is not { Length: 2 * PictureRank } pads)
            return null;
        bool padsZeros =
            pad.Inputs.Count < 3
            || pad.Inputs[2].Length == 0
            || context.Index.ConstantOf(pad.Inputs[2]) is { Type: ElementType.Float } value && value.Values<float>()[0] == 0f;
        bool onlyChannels = pads.Where((amount, i) => i % PictureRank != Channels).All(amount => amount == 0);
        return padsZeros && onlyChannels && pads[Channels] >= 0 && pads[Channels + PictureRank] >= 0
            ? (pads[Channels], pads[Channels + PictureRank])
            : null;
    }

    /// <summary>Multiplies <paramref name="strides"/> by the slice's steps; false when it cuts anything off.</summary>
    private static bool TryStrides(LoweringContext context, Node slice, long[] strides)
    {
        if (
            Constant(context, slice, 1) is not { } starts
            || Constant(context, slice, 2) is not { } ends
            || Constant(context, slice, 3) is not { } axes
        )
        {
            return false;
        }

        long[] steps = Constant(context, slice, 4) ?? [.. axes.Select(_ => 1L)];
        for (int i = 0; i < axes.Length; i++)
        {
            if (axes[i] is < FirstSpatial or >= PictureRank || starts[i] != 0 || steps[i] < 1)
                return false;
            if (context.SizeOf(slice.Inputs[0], (int)axes[i]) is not { } size || ends[i] < size)
                return false;
        }
        for (int i = 0; i < axes.Length; i++)
            strides[axes[i] - FirstSpatial] *= steps[i];
        return true;
    }

    private static long[]? Constant(LoweringContext context, Node node, int input) =>
        input < node.Inputs.Count && context.Index.ConstantOf(node.Inputs[input]) is { Type: ElementType.Int64 } constant
            ? constant.Values<long>().ToArray()
            : null;

    /// <summary>[outputs, inputs, 1, 1]: input channel i goes to output channel i + offset.</summary>
    private static Tensor Selection(string name, long inputs, long offset, long outputs)
    {
        float[] weights = new float[outputs * inputs];
        for (long i = 0; i < inputs; i++)
            weights[(i + offset) * inputs + i] = 1f;
        return Tensor.FromFloats(name, [outputs, inputs, 1, 1], weights);
    }
}
