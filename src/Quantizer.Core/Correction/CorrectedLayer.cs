using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Correction;

/// <summary>A quantized convolution or linear layer whose bias can be corrected.</summary>
/// <param name="Plan">Its numbers.</param>
/// <param name="Node">As the quantized network runs it.</param>
/// <param name="Input">The activation that it reads, in the quantized network.</param>
/// <param name="Output">What it writes there, with the bias of <see cref="Bias"/>.</param>
/// <param name="Reference">What the FP32 network writes in its place.</param>
/// <param name="Bound">The clamp that alone reads the reference; everything where there is none.</param>
/// <param name="Weights">Of the FP32 network.</param>
/// <param name="Rounded">Those weights, as far as the file can hold them.</param>
/// <param name="Bias">Of the FP32 network, one value for each output channel.</param>
internal sealed record CorrectedLayer(
    WeightPlan Plan,
    Node Node,
    string Input,
    string Output,
    string Reference,
    ValueRange Bound,
    Tensor Weights,
    Tensor Rounded,
    Tensor Bias
)
{
    public int Channels => (int)Bias.ElementCount;

    public bool IsConvolution => Node.Is("Conv");

    /// <summary>What must be computed for the layer.</summary>
    public IReadOnlyList<string> Wanted => IsConvolution ? [Input, Output, Reference] : [Input, Output];

    /// <summary>What a bias is in the file's steps.</summary>
    public double InSteps(double bias, int channel) => Math.Round(bias / StepOf(channel), MidpointRounding.ToEven) * StepOf(channel);

    public double StepOf(int channel) => Plan.BiasScales[Plan.BiasScales.Count > 1 ? channel : 0];
}
