using System.Numerics.Tensors;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Correction;

/// <summary>A quantized convolution or linear layer whose bias, or the rounding of whose weights, can be corrected.</summary>
/// <param name="Numbers">Of its plan.</param>
/// <param name="Node">As the quantized network runs it.</param>
/// <param name="Input">The activation that it reads, in the quantized network.</param>
/// <param name="Output">What it writes there, with the bias of <see cref="Bias"/>.</param>
/// <param name="Reference">What the FP32 network writes in its place.</param>
/// <param name="Bound">The clamp that alone reads the reference; everything where there is none.</param>
/// <param name="Weights">Of the FP32 network.</param>
/// <param name="Rounded">Those weights, as far as the file can hold them.</param>
/// <param name="Bias">Of the FP32 network, one value for each output channel; null: none is added, and none can be.</param>
internal sealed record CorrectedLayer(
    LayerNumbers Numbers,
    Node Node,
    string Input,
    string Output,
    string Reference,
    ValueRange Bound,
    Graphs.Tensor Weights,
    Graphs.Tensor Rounded,
    Graphs.Tensor? Bias
)
{
    /// <summary>Whether no other node reads the weights, whose inputs would want them otherwise.</summary>
    public required bool HasOwnWeights { get; init; }

    /// <summary>Whether the weights are rounded by what they are multiplied with, and not each to the nearest.</summary>
    public bool IsRoundedAnew { get; init; }

    public int Channels => (int)Weights.Dimensions[Numbers.Axis];

    /// <summary>Groups of input channels, each with output channels of its own.</summary>
    public int Groups => IsConvolution ? (int)Node.IntAttribute("group", 1) : 1;

    /// <summary>Weights of an output channel.</summary>
    public int GroupWidth => (int)(Weights.ElementCount / Math.Max(1, Channels));

    public bool IsConvolution => Node.Is("Conv");

    /// <summary>What must be computed to correct the bias. What a convolution reads is large, and hardly ever needed.</summary>
    public IReadOnlyList<string> Wanted =>
        Bias is null ? []
        : IsConvolution ? [Output, Reference]
        : [Output, Input];

    /// <summary>What a bias is in the file's steps.</summary>
    public double InSteps(double bias, int channel) =>
        StepOf(channel) is { } step ? Math.Round(bias / step, MidpointRounding.ToEven) * step : (float)bias;

    /// <summary>The largest bias that the file can hold.</summary>
    public double LargestBias(int channel) => StepOf(channel) is { } step ? WeightPlanner.LargestBias * step : float.MaxValue;

    /// <summary>Null where the file holds floats.</summary>
    private double? StepOf(int channel) => Numbers.BiasSteps is { Count: > 0 } steps ? steps[steps.Count > 1 ? channel : 0] : null;

    /// <summary>Moves outputs as a bias would.</summary>
    /// <param name="by">One number for each output channel.</param>
    public void Move(Span<float> outputs, IReadOnlyList<long> shape, ReadOnlySpan<float> by)
    {
        int each = IsConvolution ? outputs.Length / Math.Max(1, (int)shape[0] * by.Length) : 1;
        for (int start = 0, run = 0; start < outputs.Length; start += each, run++)
        {
            Span<float> channel = outputs.Slice(start, each);
            TensorPrimitives.Add(channel, by[run % by.Length], channel);
        }
    }
}
