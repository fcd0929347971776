using Quantizer.Schemes;

namespace Quantizer.Ranges.Weights;

/// <summary>Neighbouring weights of one sign, which share what 16 bits hold (<see cref="ProductPairs"/>); the heaviest first.</summary>
internal sealed class HeavyPairs
{
    private readonly (float First, float Second)[] _pairs;

    private HeavyPairs(IEnumerable<(float First, float Second)> pairs) =>
        _pairs = [.. pairs.Where(pair => pair.First * pair.Second > 0).OrderByDescending(Weight)];

    public static HeavyPairs None { get; } = new([]);

    /// <summary>The least scale in which every pair fits unclipped.</summary>
    public float LeastScale => _pairs.Length == 0 ? 0 : Weight(_pairs[0]) / ProductPairs.LargestSum;

    /// <param name="channels">The weights of each output channel.</param>
    public static HeavyPairs In(IReadOnlyList<float[]> channels, ProductPairs? pairs) =>
        pairs is { } places
            ? new(channels.SelectMany(channel => places.In(channel.Length).Select(pair => (channel[pair.First], channel[pair.Second]))))
            : None;

    /// <summary>What the pairs add to the squared error of rounding each weight to the nearest.</summary>
    public double SquaredError(float scale, QuantizationScheme scheme)
    {
        double sum = 0;
        foreach ((float first, float second) in _pairs)
        {
            // Rounded up, both at most, no sum exceeds what fits.
            if (Weight((first, second)) <= (ProductPairs.LargestSum - 1) * scale)
                break;
            (float a, float b) = (first / scale, second / scale);
            (int one, int other) = ProductPairs.Round(a, b, scheme);
            sum += Square(a - one) + Square(b - other) - Square(a - Nearest(a, scheme)) - Square(b - Nearest(b, scheme));
        }
        return sum * scale * scale;
    }

    private static float Weight((float First, float Second) pair) => MathF.Abs(pair.First + pair.Second);

    private static double Square(double value) => value * value;

    private static float Nearest(float steps, QuantizationScheme scheme) =>
        Math.Clamp(MathF.Round(steps, MidpointRounding.ToEven), scheme.QuantizedMin, scheme.QuantizedMax);
}
