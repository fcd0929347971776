namespace Quantizer.Core.Tests.Kernels;

/// <summary>Arrays of the lengths and with the values at which vector code goes wrong.</summary>
internal static class AwkwardFloats
{
    /// <summary>Around the lengths of 128, 256 and 512-bit vectors of floats, a group of nine, and a chunk of 4096.</summary>
    public static readonly int[] Lengths = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 143, 144, 145, 287, 1001, 4095, 4096];

    private static readonly float[] SpecialFinite =
    [
        0f,
        -0f,
        float.Epsilon,
        -float.Epsilon,
        1e-40f,
        -1e-40f,
        1.1754944e-38f,
        float.MaxValue,
        float.MinValue,
        1f,
        -1f,
        6f,
    ];

    /// <summary>The smallest magnitude that is not zero in its upper 16 bits alone.</summary>
    public const float SmallestOfUpperHalf = 9.18355E-41f;

    /// <summary>Finite values of all magnitudes, half of them zeros of either sign; every start gives other values.</summary>
    /// <param name="smallest">Smaller magnitudes become it; zeros stay.</param>
    public static float[] Finite(int length, int seed, float smallest = float.Epsilon)
    {
        Random random = new(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.Next(4) switch
            {
                0 => 0f,
                1 => SpecialFinite[random.Next(SpecialFinite.Length)],
                _ => (float)((random.NextDouble() - 0.4) * Math.Pow(2, random.Next(-20, 20))),
            };
        }
        return Array.ConvertAll(values, value => value == 0f ? value : MathF.CopySign(MathF.Max(MathF.Abs(value), smallest), value));
    }
}
