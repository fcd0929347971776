using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>y = x * scale[c] + shift[c] along a channel axis. An array of one element holds for every channel.</summary>
internal sealed record ChannelAffine(double[] Scale, double[] Shift)
{
    private static readonly double[] One = [1];
    private static readonly double[] Zero = [0];

    public bool IsFinite => Scale.All(double.IsFinite) && Shift.All(double.IsFinite);

    public bool Scales => Scale.Any(scale => scale != 1);

    public bool Shifts => Shift.Any(shift => shift != 0);

    public double ScaleOf(int channel) => Scale[Scale.Length == 1 ? 0 : channel];

    public double ShiftOf(int channel) => Shift[Shift.Length == 1 ? 0 : channel];

    /// <summary>
    /// BatchNormalization in inference: gamma * (x - mean) / sqrt(variance + epsilon) + beta (ONNX, BatchNormalization-9).
    /// Null when a parameter is not a float constant, or the node is in training mode or has further outputs.
    /// </summary>
    public static ChannelAffine? OfBatchNormalization(Node node, GraphIndex index)
    {
        const float DefaultEpsilon = 1e-5f;
        if (node.IntAttribute("training_mode", 0) != 0 || node.Outputs.Skip(1).Any(output => output.Length > 0) || node.Inputs.Count != 5)
            return null;
        if (Floats(index, node.Inputs[1]) is not { } gamma || Floats(index, node.Inputs[2]) is not { } beta)
            return null;
        if (Floats(index, node.Inputs[3]) is not { } mean || Floats(index, node.Inputs[4]) is not { } variance)
            return null;
        double epsilon = node.FloatAttribute("epsilon", DefaultEpsilon);
        double[] scale = [.. gamma.Zip(variance, (factor, spread) => factor / Math.Sqrt(spread + epsilon))];
        double[] shift = [.. beta.Select((offset, channel) => offset - mean[channel] * scale[channel])];
        return new ChannelAffine(scale, shift);
    }

    /// <summary>
    /// Mul, Add, Sub or Div of <paramref name="data"/> and a float constant that is a scalar or varies along the channel axis only.
    /// Null for anything else, for constant / x, and where the constant would change the result's shape.
    /// </summary>
    /// <param name="rank">Of the data; channels lie on axis 1.</param>
    public static ChannelAffine? OfBinary(Node node, string data, int channels, int rank, GraphIndex index)
    {
        if (node.Inputs.Count != 2 || node.Inputs[0] == node.Inputs[1])
            return null;
        bool dataFirst = node.Inputs[0] == data;
        if (
            index.ConstantOf(node.Inputs[dataFirst ? 1 : 0]) is not { Type: ElementType.Float } constant
            || !VariesByChannel(constant, channels, rank)
        )
        {
            return null;
        }

        double[] values = Doubles(constant);
        return (node.OpType, dataFirst) switch
        {
            ("Mul", _) => new ChannelAffine(values, Zero),
            ("Add", _) => new ChannelAffine(One, values),
            ("Sub", true) => new ChannelAffine(One, Array.ConvertAll(values, value => -value)),
            ("Sub", false) => new ChannelAffine([-1], values),
            ("Div", true) => new ChannelAffine(Array.ConvertAll(values, value => 1 / value), Zero),
            _ => null,
        };
    }

    /// <summary>Whether the constant broadcasts against [N, channels, ...] as a scalar or per channel, without adding an axis.</summary>
    public static bool VariesByChannel(Tensor constant, int channels, int rank)
    {
        if (constant.ElementCount != 1 && constant.ElementCount != channels)
            return false;
        if (constant.Dimensions.Count > rank)
            return false;
        if (constant.ElementCount == 1)
            return true;
        int channelAxis = constant.Dimensions.Count - (rank - 1);
        return channelAxis >= 0 && constant.Dimensions[channelAxis] == channels;
    }

    public static double[] Doubles(Tensor tensor) => Array.ConvertAll(tensor.Values<float>().ToArray(), value => (double)value);

    private static double[]? Floats(GraphIndex index, string tensor) =>
        index.ConstantOf(tensor) is { Type: ElementType.Float } constant ? Doubles(constant) : null;
}
