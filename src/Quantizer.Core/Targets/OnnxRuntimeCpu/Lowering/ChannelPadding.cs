using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// 1. Around a depthwise convolution whose channels are no multiple of 16, channels of zeros are added up to the next multiple:
///    the convolutions that make and read them get zero weights, so every other value stays what it was. The integer depthwise
///    kernel works on blocks of 16 channels; other counts take a path three times slower than float.
/// 2. Kept when the channels go anywhere but through activations, pools and convolutions, or when more than a third would be added.
/// </summary>
internal static class ChannelPadding
{
    /// <summary>Of the channels there are: more zeros than this cost more in the dense convolutions than they win.</summary>
    private const double MostAdded = 1.0 / 3.0;

    private const int Outputs = 0,
        Inputs = 1,
        WeightInput = 1,
        BiasInput = 2;

    /// <summary>Operators that compute each channel from the same channel alone; their value for added channels meets zero
    /// weights.</summary>
    private static readonly HashSet<string> Channelwise = ["Relu", "Clip", "LeakyRelu", "MaxPool", "HardSwish", "QuickGelu", "Gelu"];

    public static bool Apply(LoweringContext context)
    {
        bool changed = false;
        foreach (Node node in context.Graph.Nodes.ToArray())
        {
            if (!IsDepthwise(context, node, out long channels) || channels % KernelFacts.DepthwiseBlock == 0)
                continue;
            long padded = (channels + KernelFacts.DepthwiseBlock - 1) / KernelFacts.DepthwiseBlock * KernelFacts.DepthwiseBlock;
            if (padded - channels > channels * MostAdded || Region.Around(context, node) is not { } region)
                continue;
            region.Pad(context, channels, padded);
            changed = true;
        }
        return changed;
    }

    private static bool IsDepthwise(LoweringContext context, Node node, out long channels)
    {
        channels = node.IntAttribute("group", 1);
        return channels > 1
            && IsConvolution(context, node)
            && Weights(context, node).Dimensions is [long outputs, 1, ..]
            && outputs == channels;
    }

    private static bool IsDense(LoweringContext context, Node node) => IsConvolution(context, node) && node.IntAttribute("group", 1) == 1;

    private static bool IsConvolution(LoweringContext context, Node node) =>
        node.Is("Conv")
        && context.Index.ConstantOf(node.Inputs[WeightInput]) is { Type: ElementType.Float }
        && (
            node.Inputs.Count <= BiasInput
            || node.Inputs[BiasInput].Length == 0
            || context.Index.ConstantOf(node.Inputs[BiasInput]) is { Type: ElementType.Float }
        );

    private static Tensor Weights(LoweringContext context, Node node) => context.Index.ConstantOf(node.Inputs[WeightInput])!;

    /// <summary>The nodes whose channels hang together: all of them are padded, or none.</summary>
    private sealed class Region
    {
        private readonly HashSet<Node> _makers = [];
        private readonly HashSet<Node> _depthwise = [];
        private readonly HashSet<Node> _readers = [];

        /// <summary>Null when the channels reach a node that cannot be padded.</summary>
        public static Region? Around(LoweringContext context, Node depthwise)
        {
            Region region = new();
            HashSet<string> seen = [];
            Queue<string> open = new([depthwise.Inputs[0], depthwise.Outputs[0]]);
            while (open.TryDequeue(out string? tensor))
            {
                if (!seen.Add(tensor))
                    continue;
                if (context.Index.IsOutput(tensor) || context.Index.ProducerOf(tensor) is not { } maker)
                    return null;
                if (!region.Enter(context, maker, isMaker: true, open))
                    return null;
                foreach (Node reader in context.Index.ReadersOf(tensor))
                {
                    if (!region.Enter(context, reader, isMaker: false, open))
                        return null;
                }
            }
            return region;
        }

        public void Pad(LoweringContext context, long channels, long padded)
        {
            foreach (Node node in _makers.Union(_depthwise))
            {
                context.SetConstant(node, WeightInput, Widened(Weights(context, node), Outputs, padded));
                if (node.Inputs.Count > BiasInput && node.Inputs[BiasInput].Length > 0)
                    context.SetConstant(node, BiasInput, Widened(context.Index.ConstantOf(node.Inputs[BiasInput])!, Outputs, padded));
            }
            foreach (Node node in _depthwise)
                node.Set(NodeAttribute.Of("group", padded));
            foreach (Node node in _readers)
                context.SetConstant(node, WeightInput, Widened(Weights(context, node), Inputs, padded));
        }

        private bool Enter(LoweringContext context, Node node, bool isMaker, Queue<string> open)
        {
            if (IsDense(context, node))
                return (isMaker ? _makers : _readers).Add(node) || true;
            bool passes =
                IsDepthwise(context, node, out _)
                || (node.Domain.Length == 0 && Channelwise.Contains(node.OpType) && node.Outputs.Count == 1);
            if (!passes)
                return false;
            if (node.Is("Conv"))
                _depthwise.Add(node);
            open.Enqueue(node.Inputs[0]);
            open.Enqueue(node.Outputs[0]);
            return true;
        }

        /// <summary>Zeros behind the values of an axis, up to <paramref name="size"/>.</summary>
        private static Tensor Widened(Tensor tensor, int axis, long size)
        {
            long[] dimensions = [.. tensor.Dimensions];
            long inner = dimensions.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);
            long rows = dimensions.Take(axis).Aggregate(1L, (product, length) => product * length);
            (long before, long after) = (dimensions[axis] * inner, size * inner);
            float[] values = new float[rows * after];
            ReadOnlySpan<float> source = tensor.Values<float>();
            for (long row = 0; row < rows; row++)
                source.Slice((int)(row * before), (int)before).CopyTo(values.AsSpan((int)(row * after)));
            dimensions[axis] = size;
            return Tensor.FromFloats(tensor.Name, dimensions, values);
        }
    }
}
