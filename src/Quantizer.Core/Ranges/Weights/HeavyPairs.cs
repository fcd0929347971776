using Quantizer.Schemes;

namespace Quantizer.Ranges.Weights;

/// <summary>Neighbouring weights of one sign, which share what 16 bits hold (<see cref="ProductPairs"/>).</summary>
internal sealed class HeavyPairs
{
    private readonly (float First, float Second)[] _pairs;
    private readonly float _heaviest;
    private bool _isSorted;

    private HeavyPairs((float First, float Second)[] pairs)
    {
        _pairs = pairs;
        foreach ((float first, float second) in pairs)
            _heaviest = MathF.Max(_heaviest, MathF.Abs(first + second));
    }

    public static HeavyPairs None { get; } = new([]);

    /// <summary>The least scale in which every pair fits unclipped.</summary>
    public float LeastScale => _heaviest / ProductPairs.LargestSum;

    /// <param name="channels">The weights of each output channel, all of one length.</param>
    /// <param name="places">Of the pairs in each.</param>
    public static HeavyPairs In(IReadOnlyList<float[]> channels, IReadOnlyList<(int First, int Second)> places)
    {
        if (places.Count == 0)
            return None;
        List<(float, float)> found = new(places.Count * channels.Count);
        foreach (float[] channel in channels)
        {
            for (int place = 0; place < places.Count; place++)
            {
                (float first, float second) = (channel[places[place].First], channel[places[place].Second]);
                if (first * second > 0)
                    found.Add((first, second));
            }
        }
        return new HeavyPairs([.. found]);
    }

    /// <summary>What the pairs add to the squared error of rounding each weight to the nearest.</summary>
    /// <param name="limit">An error of at least that is told as infinite, and takes less time: every pair adds to it, the heaviest
    /// most.</param>
    public double SquaredError(float scale, QuantizationScheme scheme, double limit = double.PositiveInfinity)
    {
        if (limit <= 0)
            return double.PositiveInfinity;
        if (!_isSorted)
            Array.Sort(Array.ConvertAll(_pairs, pair => -Weight(pair)), _pairs);
        _isSorted = true;
        double sum = 0;
        foreach ((float first, float second) in _pairs)
        {
            // Rounded up, both at most, no sum exceeds what fits.
            if (Weight((first, second)) <= (ProductPairs.LargestSum - 1) * scale)
                break;
            (float a, float b) = (first / scale, second / scale);
            (int one, int other) = ProductPairs.Round(a, b, scheme);
            sum += Square(a - one) + Square(b - other) - Square(a - Nearest(a, scheme)) - Square(b - Nearest(b, scheme));
            if (sum * scale * scale >= limit)
                return double.PositiveInfinity;
        }
        return sum * scale * scale;
    }

    private static float Weight((float First, float Second) pair) => MathF.Abs(pair.First + pair.Second);

    private static double Square(double value) => value * value;

    private static float Nearest(float steps, QuantizationScheme scheme) =>
        Math.Clamp(MathF.Round(steps, MidpointRounding.ToEven), scheme.QuantizedMin, scheme.QuantizedMax);
}
