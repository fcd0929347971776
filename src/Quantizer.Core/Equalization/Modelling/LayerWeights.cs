using Quantizer.Graphs;

namespace Quantizer.Equalization.Modelling;

/// <summary>The weights of a layer as far as scales of its inputs' channels matter.</summary>
/// <param name="Node">A Conv, Gemm or MatMul.</param>
/// <param name="Inputs">Its input channels.</param>
/// <param name="Axes">Axes of positions that the kernel moves along.</param>
/// <param name="Kernel">Weights for each pair of output and input channel.</param>
/// <param name="Largest">Largest magnitude by output and input channel, in rows of some of the output channels; empty for a depthwise
/// layer, whose weights have a scale for each channel anyhow.</param>
/// <param name="Squares">By input channel the sum of squares.</param>
internal sealed record LayerWeights(Node Node, int Inputs, int Axes, int Kernel, float[] Largest, double[] Squares)
{
    /// <summary>Output channels that the rounding of weights is modelled by. The descent goes through all of them in each step; those of
    /// a large layer are much alike.</summary>
    private const int MostRows = 256;

    /// <summary>Output channels that each row of <see cref="Largest"/> stands for.</summary>
    public double OutputsPerRow { get; private init; } = 1;

    /// <summary>Null for what is no such layer, and for grouped convolutions other than depthwise ones.</summary>
    public static LayerWeights? Of(Node node, GraphIndex index)
    {
        if (node.Inputs.Count < 2 || index.ConstantOf(node.Inputs[1]) is not { Type: ElementType.Float } weights)
            return null;
        int rank = weights.Dimensions.Count;
        return node.OpType switch
        {
            "Conv" when rank > 2 && node.IntAttribute("group", 1) == 1 => Dense(node, weights, outputAxis: 0),
            "Conv" when rank > 2 && weights.Dimensions[1] == 1 && weights.Dimensions[0] == node.IntAttribute("group", 1) => Depthwise(
                node,
                weights
            ),
            "Gemm" when rank == 2 => Dense(node, weights, outputAxis: node.IntAttribute("transB", 0) != 0 ? 0 : 1),
            "MatMul" when rank == 2 => Dense(node, weights, outputAxis: 1),
            _ => null,
        };
    }

    private static LayerWeights Dense(Node node, Tensor weights, int outputAxis)
    {
        int first = (int)weights.Dimensions[0],
            second = (int)weights.Dimensions[1];
        int kernel = (int)(weights.ElementCount / Math.Max(1, (long)first * second));
        (int outputs, int inputs) = outputAxis == 0 ? (first, second) : (second, first);
        int rows = Math.Min(outputs, MostRows);
        float[] largest = new float[rows * inputs];
        double[] squares = new double[inputs];
        int[] rowOf = new int[outputs];
        Array.Fill(rowOf, -1);
        for (int row = 0; row < rows; row++)
            rowOf[(int)((long)row * outputs / rows)] = row;
        ReadOnlySpan<float> values = weights.Values<float>();
        for (int pair = 0; pair < first * second; pair++)
        {
            (int output, int input) = outputAxis == 0 ? (pair / second, pair % second) : (pair % second, pair / second);
            float most = 0;
            foreach (float value in values.Slice(pair * kernel, kernel))
            {
                most = MathF.Max(most, MathF.Abs(value));
                squares[input] += (double)value * value;
            }
            if (rowOf[output] >= 0)
                largest[rowOf[output] * inputs + input] = most;
        }
        return new LayerWeights(node, inputs, weights.Dimensions.Count - 2, kernel, largest, squares)
        {
            OutputsPerRow = (double)outputs / Math.Max(1, rows),
        };
    }

    private static LayerWeights Depthwise(Node node, Tensor weights)
    {
        int channels = (int)weights.Dimensions[0],
            kernel = (int)(weights.ElementCount / Math.Max(1, channels));
        double[] squares = new double[channels];
        ReadOnlySpan<float> values = weights.Values<float>();
        for (int i = 0; i < values.Length; i++)
            squares[i / kernel] += (double)values[i] * values[i];
        return new LayerWeights(node, channels, weights.Dimensions.Count - 2, kernel, [], squares);
    }
}
