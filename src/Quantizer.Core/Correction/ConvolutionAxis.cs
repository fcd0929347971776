using Quantizer.Graphs;

namespace Quantizer.Correction;

/// <summary>A convolution along one axis.</summary>
/// <param name="Size">Of the input.</param>
/// <param name="Places">Of the output.</param>
/// <param name="Kernel">Weights along the axis.</param>
/// <param name="Pad">In front.</param>
internal readonly record struct ConvolutionAxis(int Size, int Places, int Kernel, int Stride, int Dilation, int Pad)
{
    /// <summary>The axes [height, width], the height of one place where there is none.</summary>
    /// <param name="shape">Of the input: [samples, channels, height, width], or without a height.</param>
    /// <param name="kernel">The weights: [channels, channels of a group, height, width], or without a height.</param>
    /// <param name="node">With its pads written out.</param>
    public static (ConvolutionAxis Down, ConvolutionAxis Across) Of(IReadOnlyList<long> shape, IReadOnlyList<long> kernel, Node node)
    {
        int rank = shape.Count - 2;
        ConvolutionAxis across = AxisOf(rank - 1);
        return (rank == 1 ? new ConvolutionAxis(1, 1, 1, 1, 1, 0) : AxisOf(0), across);

        ConvolutionAxis AxisOf(int axis)
        {
            int size = (int)shape[axis + 2],
                weights = (int)kernel[axis + 2],
                stride = (int)(node.IntsAttribute("strides")?[axis] ?? 1),
                dilation = (int)(node.IntsAttribute("dilations")?[axis] ?? 1);
            (int before, int behind) =
                node.IntsAttribute("pads") is { } pads && pads.Count == 2 * rank ? ((int)pads[axis], (int)pads[axis + rank]) : (0, 0);
            int places = (size + before + behind - dilation * (weights - 1) - 1) / stride + 1;
            return new ConvolutionAxis(size, places, weights, stride, dilation, before);
        }
    }

    /// <summary>Where a weight meets the input at a place of the output; outside of 0 to <see cref="Size"/> it meets padding.</summary>
    public int At(int place, int weight) => place * Stride + weight * Dilation - Pad;
}
