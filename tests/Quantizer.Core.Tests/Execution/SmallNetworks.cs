using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

/// <summary>Models small enough to check by hand.</summary>
internal static class SmallNetworks
{
    /// <summary>x [batch,3,8,8] -> Conv 3x3 with 4 filters -> "conv" -> Relu -> "relu".</summary>
    public static OnnxModel ConvRelu() =>
        new GraphBuilder()
            .Input("x", ["batch", 3, 8, 8])
            .Constant("w", [4, 3, 3, 3], Values(4 * 27, seed: 1))
            .Node("Conv", ["x", "w"], ["conv"])
            .Node("Relu", ["conv"], ["relu"])
            .Output("relu")
            .Build();

    /// <summary>Deterministic values between -1 and 1.</summary>
    public static float[] Values(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (2f * random.NextSingle()) - 1f;
        return values;
    }
}
