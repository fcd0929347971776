using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting;

/// <summary>Layers with seeded weights, scaled so that values keep their size from layer to layer.</summary>
internal static class Layers
{
    /// <summary>A convolution over pictures, "same" padding, with a bias.</summary>
    public static GraphBuilder Conv(
        this GraphBuilder builder,
        string output,
        string input,
        int from,
        int to,
        int kernel = 3,
        int stride = 1,
        int group = 1,
        bool bias = true
    )
    {
        int depth = from / group,
            pad = kernel / 2;
        builder.Constant(
            $"{output}_w",
            [to, depth, kernel, kernel],
            Weights(to * depth * kernel * kernel, depth * kernel * kernel, output)
        );
        List<string> inputs = [input, $"{output}_w"];
        if (bias)
            inputs.Add(builder.Bias(output, to));
        return builder.Node(
            "Conv",
            inputs,
            [output],
            NodeAttribute.Of("kernel_shape", [kernel, kernel]),
            NodeAttribute.Of("pads", [pad, pad, pad, pad]),
            NodeAttribute.Of("strides", [stride, stride]),
            NodeAttribute.Of("group", group)
        );
    }

    public static GraphBuilder Depthwise(this GraphBuilder builder, string output, string input, int channels, int stride = 1) =>
        builder.Conv(output, input, channels, channels, 3, stride, channels);

    /// <summary>A product with weights of shape [from, to] and a bias.</summary>
    public static GraphBuilder Gemm(this GraphBuilder builder, string output, string input, int from, int to, bool bias = true)
    {
        builder.Constant($"{output}_w", [from, to], Weights(from * to, from, output));
        return builder.Node("Gemm", bias ? [input, $"{output}_w", builder.Bias(output, to)] : [input, $"{output}_w"], [output]);
    }

    /// <summary>A product of weights of shape [from, to] with tensors of any rank.</summary>
    public static GraphBuilder MatMul(this GraphBuilder builder, string output, string input, int from, int to) =>
        builder.Constant($"{output}_w", [from, to], Weights(from * to, from, output)).Node("MatMul", [input, $"{output}_w"], [output]);

    public static GraphBuilder Clip(this GraphBuilder builder, string output, string input, float min, float max) =>
        builder
            .Constant($"{output}_min", [], [min])
            .Constant($"{output}_max", [], [max])
            .Node("Clip", [input, $"{output}_min", $"{output}_max"], [output]);

    public static GraphBuilder MaxPool(this GraphBuilder builder, string output, string input) =>
        builder.Node(
            "MaxPool",
            [input],
            [output],
            NodeAttribute.Of("kernel_shape", [3, 3]),
            NodeAttribute.Of("strides", [2, 2]),
            NodeAttribute.Of("pads", [1, 1, 1, 1])
        );

    /// <summary>Seeded values of the size that keeps a layer's output as large as its input.</summary>
    public static float[] Weights(int count, int fanIn, string name)
    {
        float[] weights = SmallNetworks.Values(count, SeedOf(name));
        float scale = MathF.Sqrt(6f / fanIn);
        for (int i = 0; i < count; i++)
            weights[i] *= scale;
        return weights;
    }

    private static string Bias(this GraphBuilder builder, string output, int count)
    {
        float[] values = SmallNetworks.Values(count, SeedOf(output) + 1);
        for (int i = 0; i < count; i++)
            values[i] *= 0.25f;
        builder.Constant($"{output}_b", [count], values);
        return $"{output}_b";
    }

    /// <summary>Another seed for each name; string hashes differ from process to process.</summary>
    private static int SeedOf(string name) => name.Aggregate(17, (seed, letter) => (seed * 31 + letter) & 0xFFFFFF);
}
