using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>Layers for networks that a test builds itself.</summary>
internal static class Layers
{
    public const int Channels = 16;

    /// <summary>A convolution of 16 channels by 3x3 that keeps height and width.</summary>
    public static GraphBuilder Conv(this GraphBuilder builder, string output, string input, float[]? bias = null)
    {
        const int weights = Channels * Channels * 9;
        float scale = MathF.Sqrt(6f / (Channels * 9));
        builder.Constant(
            $"{output}_w",
            [Channels, Channels, 3, 3],
            [.. RandomValues.Floats(weights, seed: output.Sum(letter => letter)).Select(value => value * scale)]
        );
        if (bias is not null)
            builder.Constant($"{output}_b", [Channels], bias);
        return builder.Node(
            "Conv",
            bias is null ? [input, $"{output}_w"] : [input, $"{output}_w", $"{output}_b"],
            [output],
            NodeAttribute.Of("pads", [1L, 1L, 1L, 1L])
        );
    }
}
