namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Seeded weights of square products inside bodies.</summary>
internal static class BodyWeights
{
    public const int Width = 128;

    public static float[] Weights(int count, int seed) => Layers.Weights(count, Width, $"body {seed}");
}
