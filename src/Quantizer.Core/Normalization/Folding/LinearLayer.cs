using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// A Conv, ConvTranspose, Gemm or MatMul with constant float weights, whose output channels (axis 1) can therefore be scaled
/// and shifted by changing weights and bias.
/// </summary>
/// <param name="Bias">Null when there is none yet.</param>
/// <param name="Channels">Of the output.</param>
/// <param name="Rank">Of the output.</param>
internal sealed record LinearLayer(Node Node, Tensor Weights, Tensor? Bias, int Channels, int Rank)
{
    private const int WeightInput = 1;
    private const int BiasInput = 2;
    private const int MatrixRank = 2;

    /// <summary>
    /// Null unless weights and bias are float constants and the bias is one per channel. A Gemm must have alpha and beta of 1; a MatMul
    /// must be of two matrices: then it is a Gemm without a bias.
    /// </summary>
    public static LinearLayer? Of(Node node, GraphEdit edit)
    {
        if (node.Domain.Length > 0 || node.Inputs.Count <= WeightInput)
            return null;
        if (edit.Index.ConstantOf(node.Inputs[WeightInput]) is not { Type: ElementType.Float } weights)
            return null;
        int? channels = ChannelsOf(node, weights, edit);
        if (channels is null)
            return null;
        bool hasBias = node.Inputs.Count > BiasInput && node.Inputs[BiasInput].Length > 0;
        if (!hasBias)
            return new LinearLayer(node, weights, null, channels.Value, weights.Dimensions.Count);
        if (edit.Index.ConstantOf(node.Inputs[BiasInput]) is not { Type: ElementType.Float } bias)
            return null;
        bool fits = node.OpType == "Gemm" ? ChannelAffine.VariesByChannel(bias, channels.Value, MatrixRank) : bias.ElementCount == channels;
        return fits ? new LinearLayer(node, weights, bias, channels.Value, weights.Dimensions.Count) : null;
    }

    /// <summary>
    /// Lets the layer compute <paramref name="affine"/> of what it computed, in double precision; false, and nothing changed, where the
    /// result would not be finite. A MatMul that gets a bias becomes a Gemm.
    /// </summary>
    public bool Absorb(ChannelAffine affine, GraphEdit edit)
    {
        if (!affine.IsFinite)
            return false;
        float[]? weights = affine.Scales ? ScaledWeights(affine) : null;
        float[]? bias = Bias is not null || affine.Shifts ? NewBias(affine) : null;
        if (!AreFinite(weights) || !AreFinite(bias))
            return false;
        if (weights is not null)
            edit.ReplaceConstant(Node, WeightInput, Tensor.FromFloats(Weights.Name, Weights.Dimensions, weights));
        if (bias is null)
            return true;
        if (Bias is null)
            AddBias(bias, edit);
        else
            edit.ReplaceConstant(Node, BiasInput, Tensor.FromFloats(Bias.Name, [Channels], bias));
        return true;
    }

    private void AddBias(float[] bias, GraphEdit edit)
    {
        string name = edit.AddConstant(Tensor.FromFloats($"{Node.Name}_bias", [Channels], bias));
        if (Node.Inputs.Count > BiasInput)
            Node.Inputs[BiasInput] = name;
        else
            Node.Inputs.Add(name);
        if (Node.OpType == "MatMul")
            Node.OpType = "Gemm";
        edit.Edited(Node);
    }

    private float[] NewBias(ChannelAffine affine)
    {
        double[] old = Bias is null ? [0] : ChannelAffine.Doubles(Bias);
        return
        [
            .. Enumerable
                .Range(0, Channels)
                .Select(channel => (float)(old[old.Length == 1 ? 0 : channel] * affine.ScaleOf(channel) + affine.ShiftOf(channel))),
        ];
    }

    private float[] ScaledWeights(ChannelAffine affine)
    {
        ReadOnlySpan<float> old = Weights.Values<float>();
        (int length, Func<int, int> channelOf) = Runs();
        float[] scaled = new float[old.Length];
        for (int start = 0; start < scaled.Length; start += length)
        {
            double scale = affine.ScaleOf(channelOf(start / length));
            for (int i = start; i < start + length; i++)
                scaled[i] = (float)(old[i] * scale);
        }
        return scaled;
    }

    /// <summary>The length of runs of weights that contribute to one output channel, and from the index of a run to that channel.</summary>
    private (int Length, Func<int, int> ChannelOf) Runs()
    {
        int first = (int)Weights.Dimensions[0],
            second = (int)Weights.Dimensions[1];
        int kernel = (int)Weights.Dimensions.Skip(2).Aggregate(1L, (count, size) => count * size);
        switch (Node.OpType)
        {
            case "Conv":
                return (second * kernel, run => run);
            case "ConvTranspose":
                // Weights are [inputs, outputs per group, kernel...]; an input belongs to one group.
                int inputsPerGroup = first / (Channels / second);
                return (kernel, run => run / second / inputsPerGroup * second + run % second);
            case "Gemm" when Node.IntAttribute("transB", 0) != 0:
                return (second, run => run);
            default:
                return (1, run => run % second);
        }
    }

    private static bool AreFinite(float[]? values)
    {
        foreach (float value in values ?? [])
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    private static int? ChannelsOf(Node node, Tensor weights, GraphEdit edit)
    {
        int rank = weights.Dimensions.Count;
        if (weights.ElementCount == 0)
            return null;
        switch (node.OpType)
        {
            case "Conv" when rank > MatrixRank:
                return (int)weights.Dimensions[0];
            case "ConvTranspose" when rank > MatrixRank:
                return (int)(weights.Dimensions[1] * node.IntAttribute("group", 1));
            case "Gemm" when rank == MatrixRank && node.FloatAttribute("alpha", 1) == 1 && node.FloatAttribute("beta", 1) == 1:
                return (int)weights.Dimensions[node.IntAttribute("transB", 0) != 0 ? 0 : 1];
            case "MatMul" when rank == MatrixRank && edit.SignatureOf(node.Inputs[0])?.Shape?.Count == MatrixRank:
                return (int)weights.Dimensions[1];
            default:
                return null;
        }
    }
}
