using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Correction;

/// <summary>For each weight of an output channel the sum of what it is multiplied with, over all places of the output.</summary>
/// <param name="Sums">As the weights of a channel lie; of a grouped convolution group by group.</param>
internal sealed record InputSum(double[] Sums, long Places)
{
    /// <summary>Sums that wait for each other's additions no longer.</summary>
    private const int PlanesAtOnce = 4;

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
        int each = down.Kernel * across.Kernel;
        double[] sums = new double[channels * each];
        for (int batch = 0; batch < shape[0]; batch++)
        {
            ReadOnlySpan<float> sample = input.Slice(batch * channels * plane, channels * plane);
            int channel = 0;
            for (; channel <= channels - PlanesAtOnce; channel += PlanesAtOnce)
            {
                ReadOnlySpan<float> planes = sample.Slice(channel * plane, PlanesAtOnce * plane);
                for (int weight = 0; weight < each; weight++)
                {
                    Vector256<double> four = UnderFour(planes, plane, down, weight / across.Kernel, across, weight % across.Kernel);
                    for (int i = 0; i < PlanesAtOnce; i++)
                        sums[(channel + i) * each + weight] += four[i];
                }
            }
            for (; channel < channels; channel++)
            {
                ReadOnlySpan<float> values = sample.Slice(channel * plane, plane);
                for (int weight = 0; weight < each; weight++)
                    sums[channel * each + weight] += Under(values, down, weight / across.Kernel, across, weight % across.Kernel);
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

    /// <summary>As <see cref="Under"/>, of four planes, each in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<double> UnderFour(
        ReadOnlySpan<float> planes,
        int plane,
        ConvolutionAxis down,
        int y,
        ConvolutionAxis across,
        int x
    )
    {
        double a = 0,
            b = 0,
            c = 0,
            d = 0;
        for (int row = 0; row < down.Places; row++)
        {
            int atY = down.At(row, y);
            if (atY < 0 || atY >= down.Size)
                continue;
            int start = atY * across.Size;
            for (int column = 0; column < across.Places; column++)
            {
                int atX = across.At(column, x);
                if (atX < 0 || atX >= across.Size)
                    continue;
                int at = start + atX;
                a += planes[at];
                b += planes[at + plane];
                c += planes[at + 2 * plane];
                d += planes[at + 3 * plane];
            }
        }
        return Vector256.Create(a, b, c, d);
    }
}
