namespace Quantizer.Schemes;

/// <summary>
/// Which weights of an output channel a kernel multiplies and adds two by two, in 16 bits: x86 processors without VNNI do so with
/// neighbours in the order of their sum, and what exceeds 16 bits is cut off. With activations of up to 255, two weights of one sign may
/// come to 128 steps and no more.
/// </summary>
/// <param name="Summed">Weights in one sum.</param>
/// <param name="Taps">Places of a convolution's kernel: weights lie [input channel, place] and are summed [place, input channel]. 1 for
/// a matrix.</param>
internal readonly record struct ProductPairs(int Summed, int Taps)
{
    /// <summary>255 x 128 is the last that 16 bits hold.</summary>
    public const int LargestSum = 128;

    /// <summary>The pairs among the weights of one channel, as their positions in it.</summary>
    /// <param name="weights">Of the channel: one sum, or several behind each other.</param>
    public IEnumerable<(int First, int Second)> In(int weights)
    {
        for (int start = 0; start < weights; start += Summed)
        {
            for (int at = 0; at + 1 < Summed; at += 2)
                yield return (start + WeightAt(at), start + WeightAt(at + 1));
        }
    }

    /// <summary>The same as positions in the whole tensor, of its first channel.</summary>
    /// <param name="weights">Of the tensor.</param>
    /// <param name="inner">Weights that lie between those of two channels.</param>
    public IEnumerable<(int First, int Second)> InTensor(int weights, int channels, int inner)
    {
        return weights == 0 ? [] : In(weights / channels).Select(pair => (PlaceOf(pair.First), PlaceOf(pair.Second)));

        int PlaceOf(int place) => place / inner * inner * channels + place % inner;
    }

    /// <summary>The position of each weight's partner; -1 for one that has none.</summary>
    public int[] Partners(int weights)
    {
        int[] partners = new int[weights];
        Array.Fill(partners, -1);
        foreach ((int first, int second) in In(weights))
            (partners[first], partners[second]) = (second, first);
        return partners;
    }

    /// <summary>Two weights as the nearest integers that a pair may be.</summary>
    /// <param name="first">In steps.</param>
    /// <param name="second">In steps.</param>
    public static (int First, int Second) Round(float first, float second, QuantizationScheme scheme)
    {
        int a = Rounded(first, scheme),
            b = Rounded(second, scheme);
        if (a < 0 != b < 0)
            return (a, b);
        (first, second) = (MathF.Abs(first), MathF.Abs(second));
        int sign = a < 0 || b < 0 ? -1 : 1;
        (a, b) = (Math.Abs(a), Math.Abs(b));
        // Each step is taken from the one that it costs less: the one that is less above its weight.
        while (a + b > LargestSum)
        {
            if (a - first >= b - second)
                a--;
            else
                b--;
        }
        return (sign * a, sign * b);
    }

    private int WeightAt(int summed)
    {
        int channels = Summed / Taps;
        return summed % channels * Taps + summed / channels;
    }

    private static int Rounded(float steps, QuantizationScheme scheme) =>
        (int)Math.Clamp(MathF.Round(steps, MidpointRounding.ToEven), scheme.QuantizedMin, scheme.QuantizedMax);
}
