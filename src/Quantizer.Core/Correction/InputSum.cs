using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Correction;

/// <summary>For each weight of an output channel the sum of what it is multiplied with, over all places of the output.</summary>
/// <param name="Sums">As the weights of a channel lie; of a grouped convolution group by group.</param>
internal sealed record InputSum(double[] Sums, long Places)
{
    /// <param name="shape">[..., inputs].</param>
    /// <param name="mask">The positions that count; null: all.</param>
    public static InputSum OfLinear(ReadOnlySpan<float> input, IReadOnlyList<long> shape, PositionMask? mask)
    {
        int width = (int)shape[^1];
        if (mask is not null)
            input = mask.Keep(shape, input.ToArray());
        double[] sums = new double[width];
        for (int start = 0; start < input.Length; start += width)
        {
            for (int i = 0; i < width; i++)
                sums[i] += input[start + i];
        }
        return new InputSum(sums, input.Length / Math.Max(1, width));
    }

    /// <param name="shape">[samples, channels, height, width], or without a height.</param>
    /// <param name="kernel">Its weights: [channels, channels of a group, height, width], or without a height.</param>
    public static InputSum OfConvolution(ReadOnlySpan<float> input, IReadOnlyList<long> shape, IReadOnlyList<long> kernel, Node node)
    {
        (ConvolutionAxis down, ConvolutionAxis across) = ConvolutionAxis.Of(shape, kernel, node);
        int channels = (int)shape[1],
            plane = down.Size * across.Size;
        double[] sums = new double[channels * down.Kernel * across.Kernel];
        for (int at = 0; at < shape[0] * channels; at++)
        {
            ReadOnlySpan<float> values = input.Slice(at * plane, plane);
            int into = at % channels * down.Kernel * across.Kernel;
            for (int y = 0; y < down.Kernel; y++)
            {
                for (int x = 0; x < across.Kernel; x++)
                    sums[into++] += Under(values, down, y, across, x);
            }
        }
        return new InputSum(sums, shape[0] * down.Places * across.Places);
    }

    /// <summary>The sums of several, in their order.</summary>
    public static InputSum Sum(IReadOnlyList<InputSum> all)
    {
        double[] sums = [.. all[0].Sums];
        foreach (InputSum one in all.Skip(1))
            TensorPrimitives.Add(sums, one.Sums, sums);
        return new InputSum(sums, all.Sum(one => one.Places));
    }

    /// <summary>What the rounding of weights takes from each output channel, in the mean over the places.</summary>
    /// <param name="weights">By output channel.</param>
    /// <param name="rounded">Likewise.</param>
    public double[] ShiftOf(float[][] weights, float[][] rounded)
    {
        double[] shifts = new double[weights.Length];
        int each = weights.Length == 0 ? 0 : weights[0].Length,
            groups = each == 0 ? 1 : Sums.Length / each;
        for (int channel = 0; channel < weights.Length; channel++)
        {
            int start = channel / Math.Max(1, weights.Length / groups) * each;
            for (int i = 0; i < each; i++)
                shifts[channel] += (weights[channel][i] - (double)rounded[channel][i]) * Sums[start + i] / Places;
        }
        return shifts;
    }

    /// <summary>The sum of the values that one weight of the kernel meets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Under(ReadOnlySpan<float> plane, ConvolutionAxis down, int y, ConvolutionAxis across, int x)
    {
        double sum = 0;
        for (int row = 0; row < down.Places; row++)
        {
            int atY = down.At(row, y);
            if (atY < 0 || atY >= down.Size)
                continue;
            ReadOnlySpan<float> line = plane.Slice(atY * across.Size, across.Size);
            for (int column = 0; column < across.Places; column++)
            {
                int atX = across.At(column, x);
                if (atX >= 0 && atX < across.Size)
                    sum += line[atX];
            }
        }
        return sum;
    }
}
