using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Rules;

/// <summary>
/// When a convolution or matrix product pays in integers on ONNX Runtime's CPU kernels.
/// The ratios in the reasons are FP32 time over INT8 time.
/// </summary>
internal static class WeightedRules
{
    /// <summary>Up to this many input channels the integer kernel packs badly: a 3x3 stem runs at 0.4x, a grey one at 0.23x.</summary>
    private const long FewInputChannels = 4;

    /// <summary>From this kernel area on (7x7) even a three-channel stem gains (1.25x alone, and it keeps the pool behind it in
    /// integers), where a layer reads its integers: rounded for nothing else, a stem cost BiT 3 dB and a twentieth of its speed.</summary>
    private const long LargeKernelArea = 49;

    /// <summary>Below this many weights the product of a few rows takes a few microseconds at most: quantizing its input costs what it
    /// saves.</summary>
    private const long SmallMatrix = 16 * 1024;

    /// <summary>From this many multiply-accumulates on the product of many rows gains (64 rows by 96x96: 1.35x, 3136: 1.6x), ...</summary>
    private const long ManyProducts = 512 * 1024;

    /// <summary>Of a sequence, or a cloud of points, whose size the model leaves open: what data have may differ from sample to sample,
    /// and the form must not hang on which comes first. Where integers are slower than float then, the measurement finds it.</summary>
    private const long UsualLength = 64;

    /// <summary>... where so many of them make a value: with 32 it is 1.1x with fixed ranges and 1.0x with dynamic ones, with 48 1.5x
    /// and 1.4x.</summary>
    private const long DeepEnough = 48;

    /// <summary>Values that lie side by side where the kernel covers more would take more time than their products.</summary>
    private const long MostTaps = 16;

    private static readonly HashSet<string> BetweenLayers = ["Relu", "Clip", "LeakyRelu", "PRelu", "MaxPool", "Concat"];

    private static readonly HashSet<string> Averaging = ["GlobalAveragePool", "AveragePool", "ReduceMean", "Gemm", "MatMul"];

    public static string? Convolution(NodeContext context)
    {
        if (FloatConstant(context, 1) is not { } weights)
            return "its weights are not constant float values";
        if (weights.Dimensions.Count is not (3 or 4))
            return $"a convolution over {weights.Dimensions.Count - 2} axes has no fast integer kernel";
        if (HasVariableBias(context, 2))
            return "its bias is not constant";
        if (context.Constant(2) is { } bias && bias.ElementCount != weights.Dimensions[0])
            return "its bias is not one value per output channel";
        long group = context.Node.IntAttribute("group", 1);
        long outputChannels = weights.Dimensions[0],
            inputChannels = weights.Dimensions[1] * group;
        if (group > 1 && (group != inputChannels || outputChannels != group))
            return $"a grouped convolution ({group} groups of {weights.Dimensions[1]} channels) has no fast integer kernel (0.3x to 0.85x)";
        if (group > 1 && group % KernelFacts.DepthwiseBlock != 0)
        {
            return $"a depthwise convolution of {group} channels is slower in integers (0.3x); its kernel needs a multiple of "
                + $"{KernelFacts.DepthwiseBlock}";
        }

        long area = weights.Dimensions.Skip(2).Aggregate(1L, (product, size) => product * size);
        if (inputChannels <= FewInputChannels && area < LargeKernelArea)
            return $"a convolution of {inputChannels} input channels is slower in integers (0.2x to 0.4x)";
        return inputChannels <= FewInputChannels && !IsReadByLayer(context.Index, context.Node)
            ? $"a convolution of {inputChannels} input channels whose output no layer reads in integers would be rounded for next to no time"
            : null;
    }

    /// <summary>True for a convolution over sequences that is as quick as one matrix product, with what its kernel covers side by
    /// side.</summary>
    public static bool IsAlongOneAxis(NodeContext context)
    {
        const int SpatialAxes = 2;
        Tensor weights = context.Constant(1)!;
        long[] kernel = [.. weights.Dimensions.Skip(SpatialAxes)];
        return context.Node.IntAttribute("group", 1) == 1
            && weights.ElementCount >= SmallMatrix
            && kernel.Max() <= MostTaps
            && (kernel.Length == 1 || (kernel.Min() == 1 && context.InputShape(0)?.Skip(SpatialAxes).Min() == 1))
            && context.Node.StringAttribute("auto_pad", "NOTSET") == "NOTSET";
    }

    /// <summary>Alone 0.8x to 1.2x, without the conversions on both sides.</summary>
    public static string? Depthwise(NodeContext context) =>
        context.Node.IntAttribute("group", 1) > 1
            ? "a depthwise convolution between nodes in float is no faster in integers, for all the conversions"
            : null;

    /// <summary>What a network ends with is decoded in float: boxes move by pixels when the values that make them are rounded. In a mean
    /// over all positions, or a sum over all channels, rounding cancels.</summary>
    public static string? SmallHead(NodeContext context) =>
        context.Constant(1) is { } weights
        && weights.ElementCount < SmallMatrix
        && weights.Dimensions.Skip(2).All(size => size == 1)
        && context.Index.ProducerOf(context.Node.Inputs[0])?.Is("GlobalAveragePool") != true
        && !IsAveraged(context.Index, context.Node)
            ? "a small 1x1 convolution in front of arithmetic in float, whose result would be rounded to 8 bits for next to no time"
            : null;

    public static string? Gemm(NodeContext context)
    {
        if (FloatConstant(context, 1) is not { } weights)
            return "its second operand is not a constant";
        if (context.Node.FloatAttribute("alpha", 1f) != 1f || context.Node.FloatAttribute("beta", 1f) != 1f)
            return "alpha or beta is not 1";
        if (context.Node.IntAttribute("transA", 0) != 0)
            return "its first operand is transposed";
        if (HasVariableBias(context, 2))
            return "its bias is not constant";
        if (context.Constant(2) is { } bias && bias.ElementCount != ChannelCount(weights, context.Node))
            return "its bias is not one value per output channel";
        return Small(context, weights);
    }

    public static string? MatMul(NodeContext context)
    {
        if (FloatConstant(context, 1) is not { } weights)
        {
            return FloatConstant(context, 0) is null
                ? "a product of two activations gains little and costs accuracy"
                : "its constant is the first operand";
        }

        if (weights.Dimensions.Count != 2)
            return "a batched constant cannot be quantized per channel";
        return Small(context, weights);
    }

    private static bool IsReadByLayer(GraphIndex index, Node node) =>
        node
            .Outputs.SelectMany(index.ReadersOf)
            .Any(reader => reader.Is("Conv") || (BetweenLayers.Contains(reader.OpType) && IsReadByLayer(index, reader)));

    /// <summary>True where a mean or a linear layer lies somewhere behind: the end of a classifier.</summary>
    private static bool IsAveraged(GraphIndex index, Node start)
    {
        HashSet<Node> seen = [start];
        Queue<Node> open = new(seen);
        while (open.TryDequeue(out Node? node))
        {
            foreach (Node reader in node.Outputs.SelectMany(index.ReadersOf).Where(seen.Add))
            {
                if (Averaging.Contains(reader.OpType))
                    return true;
                open.Enqueue(reader);
            }
        }

        return false;
    }

    private static long ChannelCount(Tensor weights, Node node) => weights.Dimensions[IsTransposed(node) ? 0 : 1];

    private static bool IsTransposed(Node node) => node.IntAttribute("transB", 0) != 0;

    private static string? Small(NodeContext context, Tensor weights)
    {
        long depth = weights.Dimensions[IsTransposed(context.Node) ? 1 : 0];
        bool gains = depth >= DeepEnough && RowsOf(context) * weights.ElementCount >= ManyProducts;
        return weights.ElementCount < SmallMatrix && !gains ? $"a product with {weights.ElementCount} weights is too small to gain" : null;
    }

    /// <summary>The rows of the first operand in one sample, sequences of any length being <see cref="UsualLength"/> long.</summary>
    private static long RowsOf(NodeContext context) =>
        context.InputShape(0)?.SkipLast(1).Aggregate(1L, (product, size) => product * (size < 0 ? UsualLength : size)) ?? 1;

    private static Tensor? FloatConstant(NodeContext context, int input) =>
        context.Constant(input) is { Type: ElementType.Float } constant ? constant : null;

    private static bool HasVariableBias(NodeContext context, int input) =>
        input < context.Node.Inputs.Count && context.Node.Inputs[input].Length > 0 && FloatConstant(context, input) is null;
}
