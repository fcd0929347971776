using Quantizer.Graphs;

namespace Quantizer.Testing;

/// <summary>
/// Two layers whose tensors want opposite ranges: the input holds one huge value that no weight reads, so that it must be
/// clipped, and of the hidden tensor only the one large value counts, so that it must not be. No selector does both.
/// </summary>
public static class OutlierNetwork
{
    /// <summary>Values of the input "x".</summary>
    public const int Width = 512;

    /// <summary>Samples to calibrate on: so many values that the huge one lies beyond the 99.99th percentile, half of which is cut from
    /// each end.</summary>
    public const int Samples = 40;

    /// <summary>The tensor between the layers.</summary>
    public const string Hidden = "hidden";

    private const int HiddenWidth = 4096,
        Outputs = 128;
    private const float Huge = 300f,
        Large = 10f;

    internal static OnnxModel Build()
    {
        Random random = new(5);
        float[] first = new float[Width * HiddenWidth],
            last = new float[HiddenWidth * Outputs];
        for (int i = HiddenWidth; i < first.Length; i++)
            first[i] = (2f * random.NextSingle() - 1f) / 8f * (i % HiddenWidth == 0 ? Large : 1f);
        for (int i = 0; i < Outputs; i++)
            last[i] = 2f * random.NextSingle() - 1f;
        return new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("first", [Width, HiddenWidth], first)
            .Node("Gemm", ["x", "first"], [Hidden])
            .Constant("last", [HiddenWidth, Outputs], last)
            .Node("Gemm", [Hidden, "last"], ["y"])
            .Output("y", [1, Outputs])
            .Build();
    }

    /// <summary>Puts the huge value into the first of the samples.</summary>
    public static void EditSample(int index, float[] values)
    {
        if (index == 0)
            values[0] = Huge;
    }
}
